import { inOrder, makes, needsHer, unfinished } from "./operations.js";

const yes = (value) => value === "y";

// What the wire's strings are in a row; the others stay as they are.
const PERSON = {
  place: (id, { place }) => (place?.id === id ? place : { id }),
  reach_km: Number,
  ask_me: yes,
  alerts_detail: yes,
};

/** What she said of herself, without what she agreed to. */
function told(row, { adult, may_keep, consent_version, ...fields }) {
  for (const name in PERSON) {
    if (name in fields) fields[name] = PERSON[name](fields[name], row);
  }
  return { ...row, ...fields };
}

function edited(row, fields) {
  const { volume_ml = row.volume_ml } = fields;
  return { ...row, fields: { ...row.fields, ...fields }, volume_ml: Number(volume_ml) };
}

function given(row, { volume_ml }) {
  const left = Math.max(0, row.volume_ml - volume_ml);
  return { ...row, volume_ml: left, status: left ? row.status : "closed" };
}

const become = (status) => (row) => ({ ...row, status });

const EFFECTS = {
  person: {
    welcome: (row, fields, { row: id }) => ({ ...told({ ...row, id }, fields), welcomed: true }),
    edit: told,
  },
  listing: {
    publish: (row, fields, { row: id, made_at: published_at }) =>
      row ?? edited({ id, mine: true, kind: fields.kind, status: "open", published_at }, fields),
    edit: edited,
    pause: become("paused"),
    resume: become("open"),
    renew: become("open"),
    withdraw: become("withdrawn"),
    enough: become("closed"),
    gave: given,
  },
};

/** What the server refused isn't shown as if it were so; only what it would have made is kept. */
const counts = (operation, row) =>
  unfinished(operation) && (makes(operation) || (row && !needsHer(operation)));

/**
 * Lay what was done on this phone over what the server sent.
 * @param {string} noun
 * @param {any[]} rows of that noun; of two with one id the later counts
 * @param {import("./operations.js").Operation[]} operations sorted by id
 * @returns {any[]} new rows; those that were worked on carry `work`
 */
export function overlay(noun, rows, operations) {
  const laid = new Map(rows.map((row) => [row.id, row]));
  for (const operation of inOrder(operations)) {
    const { row: id, kind, fields, state, answer, shows, again } = operation;
    const [about, verb] = kind.split(".");
    let row = laid.get(id);
    if (about !== noun || (again && row)) continue;
    const effect = EFFECTS[noun]?.[verb];
    if (effect && counts(operation, row)) row = { ...effect(row, fields, operation), ...shows };
    if (!row) continue;
    // The alphabet has them in the order of their weight: attention, saved, sending, sent.
    const lighter = row.work?.state < state;
    laid.set(id, lighter ? row : { ...row, work: { ...answer, state, operation } });
  }
  return [...laid.values()];
}
