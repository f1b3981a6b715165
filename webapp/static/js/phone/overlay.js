import { inOrder, makes } from "./operations.js";

const yes = (value) => value === "y";

const PERSON = {
  name: String,
  place: (id, row) => (row.place?.id === id ? row.place : { id }),
  reach_km: Number,
  time_zone: String,
  units: String,
  writes_as: String,
  ask_me: yes,
  alerts_detail: yes,
};

function told(row, fields) {
  const known = Object.entries(PERSON).filter(([name]) => fields[name] !== undefined);
  return {
    ...row,
    ...Object.fromEntries(known.map(([name, as]) => [name, as(fields[name], row)])),
  };
}

function edited(row, fields) {
  const laid = { ...row, fields: { ...row.fields, ...fields } };
  return fields.volume_ml === undefined ? laid : { ...laid, volume_ml: Number(fields.volume_ml) };
}

function given(row, { volume_ml }) {
  const left = Math.max(0, row.volume_ml - Number(volume_ml));
  return { ...row, volume_ml: left, status: left ? row.status : "closed" };
}

function published({ row: id, fields, made_at }) {
  const fresh = { id, mine: true, kind: fields.kind, status: "open", published_at: made_at };
  return edited(fresh, fields);
}

const become = (status) => (row) => ({ ...row, status });

const EFFECTS = {
  "person.welcome": (row, { row: id, fields }) => ({
    id,
    ...told(row ?? {}, fields),
    welcomed: true,
  }),
  "person.edit": (row, { fields }) => told(row, fields),
  "listing.publish": (row, operation) => row ?? published(operation),
  "listing.edit": (row, { fields }) => edited(row, fields),
  "listing.pause": become("paused"),
  "listing.resume": become("open"),
  "listing.renew": become("open"),
  "listing.withdraw": become("withdrawn"),
  "listing.enough": become("closed"),
  "listing.gave": (row, { fields }) => given(row, fields),
};

/** What the server refused isn't shown as if it were so; only what it would have made is kept. */
function counts(operation, row) {
  if (makes(operation)) return operation.state !== "sent";
  return row && (operation.state === "saved" || operation.state === "sending");
}

const WEIGHT = ["sent", "sending", "saved", "attention"];

function weightier(before, operation) {
  const lighter = before && WEIGHT.indexOf(operation.state) < WEIGHT.indexOf(before.state);
  return lighter ? before : operation;
}

function work(operation) {
  const { state, answer } = operation;
  return { state, operation, outcome: answer?.outcome, errors: answer?.errors };
}

/**
 * Lay what was done on this phone over what the server sent.
 * @param {string} noun
 * @param {any[]} rows of that noun
 * @param {import("./operations.js").Operation[]} operations sorted by id
 * @returns {any[]} new rows; those that were worked on carry `work`
 */
export function overlay(noun, rows, operations) {
  const laid = new Map(rows.map((row) => [row.id, row]));
  const latest = new Map();
  for (const operation of inOrder(operations)) {
    const { row: id, kind, shows, again } = operation;
    if (kind.split(".")[0] !== noun || (again && laid.has(id))) continue;
    if (counts(operation, laid.get(id)) && EFFECTS[kind]) {
      laid.set(id, { ...EFFECTS[kind](laid.get(id), operation), ...shows });
    }
    latest.set(id, weightier(latest.get(id), operation));
  }
  for (const [id, operation] of latest) {
    if (laid.has(id)) laid.set(id, { ...laid.get(id), work: work(operation) });
  }
  return [...laid.values()];
}
