import { laid } from "../batches.js";
import { inOrder, makes, needsHer, quiet, subject, unfinished } from "./operations.js";

/** What she said of herself, without what she agreed to; the wire has strings where a row doesn't. */
function told(row, { adult, may_keep, consent_version, ...fields }) {
  for (const [name, value] of Object.entries(fields)) {
    if (name === "place") fields.place = row.place?.id === value ? row.place : { id: value };
    if (/^(reach_km|quiet_|alerts_a)/.test(name)) fields[name] = +value;
    if (/^(mail_me|alerts_detail|read_marks)$/.test(name)) fields[name] = value === "y";
  }
  return { ...row, ...fields };
}

function edited(row, fields, operation) {
  const { volume_ml = row.volume_ml } = fields;
  const said = row.fields ? laid(row.fields, fields, operation.was) : fields;
  return { ...row, fields: said, volume_ml: Number(volume_ml) };
}

function given(row, { volume_ml }) {
  const left = Math.max(0, row.volume_ml - volume_ml);
  return { ...row, volume_ml: left, status: left ? row.status : "closed" };
}

const become = (status) => (row) => ({ ...row, status });

/** A letter brings its conversation to the top; a first one begins it, and any other answers. */
function written(row, { conversation: id, listing, mine }, { made_at: at }) {
  const begun = row ?? { id, listing, mine, other: listing, started: true };
  return { ...begun, at, answered: begun.answered || !begun.started };
}

/** An entry of a diary of hers: written, changed, or taken away. */
const entry = {
  log: (row, fields, { row: id }) => row ?? { id, fields },
  edit: (row, fields) => ({ ...row, fields: { ...row.fields, ...fields } }),
  remove: () => {},
};

/** From one freezer to another milk stays frozen; out of it, it thaws. */
function moved(row, fields, { made_at: moved_at }) {
  const { state } = row.fields;
  const since = fields.state !== state && { moved_at };
  const thawed = since && state === "frozen" && { thawed: "yes" };
  return entry.edit(row, { storage: "", ...fields, ...since, ...thawed });
}

const went =
  (gone) =>
  (row, _, { made_at: gone_at }) => ({ ...row, gone, gone_at, batch: "" });

const EFFECTS = {
  person: {
    welcome: (row, fields, { row: id }) => ({ ...told({ ...row, id }, fields), welcomed: true }),
    edit: told,
    mute: (row, { until: muted_until }) => ({ ...row, muted_until }),
    take_back: (row) => ({ ...row, welcomed: false }),
  },
  listing: {
    publish: (row, fields, { row: id, made_at: published_at }) =>
      row ??
      edited({ id, mine: true, kind: fields.kind, status: "open", published_at }, fields, {}),
    edit: edited,
    pause: become("paused"),
    resume: become("open"),
    renew: become("open"),
    withdraw: become("withdrawn"),
    enough: become("closed"),
    gave: given,
  },
  message: {
    send: (row, { conversation, text }, { row: id }) =>
      row ?? { id, conversation, mine: true, text },
  },
  conversation: {
    send: written,
    open: (row, { opens }) => ({ ...row, opens }),
    grant: (row, { grant: grants }) => ({ ...row, grants }),
    read: (row, { position }) => ({ ...row, read: Number(position) }),
    leave: () => {},
    block: (row) => ({ ...row, gone: true, blocked: true }),
  },
  block: { lift: () => {} },
  exposure: entry,
  watch: { keep: entry.log, edit: entry.edit, drop: entry.remove },
  screening: { answer: (row, fields, { row: id }) => entry.edit({ id, ...row }, fields) },
  pumping: {
    ...entry,
    move: moved,
    used: went("used"),
    discard: went("discarded"),
    restore: went(""),
  },
};

/** Which row of a noun an operation is about; none if it is about another noun. */
const rowOf = (noun, operation) =>
  operation.kind.startsWith(`${noun}.`)
    ? operation.row
    : noun === "conversation" && operation.kind === "message.send" && subject(operation);

/**
 * What the server refused isn't shown as if it were so; only what it would have made is kept, and
 * letters and her answers, since nothing that she wrote may be lost.
 */
const counts = (operation, row, noun) =>
  unfinished(operation) &&
  (makes(operation) || /message|screening/.test(noun) || (row && !needsHer(operation)));

/** Without those whom she blocks: they leave her sight before the server knows. */
function unblocked(noun, rows, operations) {
  const listings = operations
    .filter((each) => /\.block$/.test(each.kind) && unfinished(each) && !needsHer(each))
    .map((each) => each.shows?.other ?? each.row);
  const blocked = (row) => (noun === "conversation" ? EFFECTS.conversation.block(row) : []);
  return rows.flatMap((row) =>
    listings.includes(noun === "listing" ? row.id : row.other) ? blocked(row) : row,
  );
}

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
    const { kind, fields, state, answer, shows, again } = operation;
    const id = rowOf(noun, operation);
    let row = laid.get(id);
    if (!id || (again && row)) continue;
    const effect = EFFECTS[noun]?.[kind.split(".")[1]];
    if (effect && counts(operation, row, noun)) {
      const made = effect(row, fields, operation);
      row = made && { ...made, ...shows };
    }
    // The alphabet has them in the order of their weight: attention, saved, sending, sent.
    const lighter = quiet(operation) || row?.work?.state < state;
    if (row) laid.set(id, lighter ? row : { ...row, work: { ...answer, state, operation } });
    else laid.delete(id);
  }
  return unblocked(noun, [...laid.values()], operations);
}
