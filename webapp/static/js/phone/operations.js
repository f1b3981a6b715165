/**
 * What is true of operations, without a store or a network.
 *
 * @typedef {object} Operation
 * @property {string} id UUIDv7; ids sort in the order of the deeds
 * @property {string} kind such as "listing.publish"
 * @property {string} row
 * @property {string[]} after operations that this one builds on
 * @property {string} made_at UTC
 * @property {Record<string, string | string[]>} fields
 * @property {Record<string, string | string[]>} [was]
 * @property {object} [shows] what a view may show until the server's row comes; never sent
 * @property {"saved" | "sending" | "sent" | "attention"} state "sending" is never stored: it is
 *   what a run under way makes of "saved", so a phone killed meanwhile has nothing to undo
 * @property {{outcome: string, errors?: object}} [answer] what the server said
 * @property {number} [tries] how often the server failed at it
 * @property {boolean} [again] was done once, and is sent again to a server that forgot it
 * @property {string} [sent_at]
 */

const DAYS_KEPT = 30;
const TRIES = 5;
const FINAL = ["rejected", "conflict", "confirm"];

/** @param {Operation} operation */
export const unfinished = ({ state }) => state !== "sent";

/** Whether nothing else about its row can be done before it. @param {Operation} operation */
export const makes = ({ kind }) => /\.(publish|welcome)$/.test(kind);

/** @param {Operation} operation whether the server has recorded an answer to this very id */
export const answered = ({ answer }) => FINAL.includes(answer?.outcome);

/**
 * What a new operation on a row builds on. Of what needs attention only the row's own making
 * counts, so that a refused note never keeps a listing from being paused.
 * @param {Operation[]} operations
 * @param {string} row
 */
export function buildsOn(operations, row) {
  return operations
    .filter((each) => unfinished(each) && (makes(each) || each.state !== "attention"))
    .filter((each) => each.row === row || each.kind === "person.welcome")
    .map(({ id }) => id);
}

/**
 * In the order of their ids, but what replaced an older one before all that builds on it.
 * @param {Operation[]} operations
 * @returns {Operation[]}
 */
export function inOrder(operations) {
  const byId = new Map(operations.map((each) => [each.id, each]));
  const ordered = new Set();
  const place = (operation) => {
    if (!operation || ordered.has(operation)) return;
    for (const id of operation.after) place(byId.get(id));
    ordered.add(operation);
  };
  operations.forEach(place);
  return [...ordered];
}

/**
 * What can be sent now, in order.
 * @param {Operation[]} operations
 * @param {Set<string>} tried left for a later run
 * @returns {Operation[]}
 */
export function due(operations, tried) {
  const stuck = new Set(
    operations.filter(({ state }) => state === "attention").map(({ id }) => id),
  );
  return inOrder(operations).filter((each) => {
    if (each.state !== "saved" || tried.has(each.id)) return false;
    const held = each.after.some((id) => stuck.has(id));
    if (held) stuck.add(each.id);
    return !held;
  });
}

/**
 * An operation as it goes over the wire. It names only what the server may not have done yet.
 * @param {Operation} operation
 * @param {Operation[]} operations
 */
export function onTheWire({ id, kind, row, after, made_at, fields, was }, operations) {
  const open = new Set(operations.filter(unfinished).map((each) => each.id));
  return { id, kind, row, after: after.filter((each) => open.has(each)), made_at, fields, was };
}

function settled(operation, answer, now) {
  const outcome = answer?.outcome;
  if (outcome === "done") {
    const { again, answer: _, tries, ...rest } = operation;
    return { ...rest, state: "sent", sent_at: now };
  }
  const tries = (operation.tries ?? 0) + (outcome === "failed");
  const final = FINAL.includes(outcome) || tries >= TRIES;
  return final ? { ...operation, state: "attention", answer, tries } : { ...operation, tries };
}

/** @param {Operation[]} operations freed of waiting for those that now wait for her */
function freed(operations) {
  const refused = operations.filter((each) => each.state === "attention" && !makes(each));
  const ids = refused.map(({ id }) => id);
  return operations.map((each) =>
    each.after.some((id) => ids.includes(id))
      ? { ...each, after: each.after.filter((id) => !ids.includes(id)) }
      : each,
  );
}

/**
 * The outbox after an answer. What the answer doesn't speak of is as unsent as before.
 * @param {Operation[]} operations
 * @param {string[]} sent ids
 * @param {Map<string, any>} results by id
 * @param {string} now
 * @returns {Operation[]} those that are kept; the unchanged are the same objects
 */
export function afterAnswer(operations, sent, results, now) {
  const oldest = new Date(Date.parse(now) - DAYS_KEPT * 86_400_000).toISOString();
  const all = operations.map((each) =>
    sent.includes(each.id) ? settled(each, results.get(each.id), now) : each,
  );
  return freed(all).filter((each) => unfinished(each) || each.sent_at > oldest);
}

/**
 * What a server that starts anew may have lost is sent again; its ledger knows what it hasn't.
 * @param {Operation} operation
 * @returns {Operation}
 */
export const sentAgain = (operation) =>
  unfinished(operation) ? operation : { ...operation, state: "saved", again: true };
