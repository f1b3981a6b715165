/**
 * What is true of operations, without a network.
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

const KEPT_MS = 30 * 86_400_000;
const TRIES = 5;
const FINAL = ["rejected", "conflict", "confirm"];

/** @param {Operation} operation */
export const unfinished = (operation) => operation.state !== "sent";

/** @param {Operation} operation */
export const needsHer = (operation) => operation.state === "attention";

/** @param {Operation[]} operations */
export const idsOf = (operations) => operations.map((each) => each.id);

/** The first letter to somebody names the listing it is about. @param {Partial<Operation>} operation */
export const begins = (operation) =>
  operation.kind === "message.send" && Boolean(operation.fields.listing);

/** Whether nothing else about its subject can be done before it. @param {Operation} operation */
export const makes = (operation) =>
  /\.(publish|welcome|log|keep)$/.test(operation.kind) || begins(operation);

/** Done without her asking: never shown as waiting, and not kept once it is over. */
export const quiet = (operation) => operation.kind === "conversation.read";

const isEdit = (operation) => /\.(edit|answer)$/.test(operation.kind);

/** Whether one edit says something that another says too. */
const clash = (one, other) =>
  isEdit(one) &&
  isEdit(other) &&
  one.row === other.row &&
  Object.keys(one.fields).some((name) => name in other.fields);

/** What needs her answer, but for what makes a row, and the edits of the same that follow it. */
function held(operations) {
  const found = operations.filter((each) => needsHer(each) && !makes(each));
  for (const each of operations) {
    const follows = (one) => each.after.includes(one.id) && clash(one, each);
    if (!found.includes(each) && found.some(follows)) found.push(each);
  }
  return found;
}

/** What an operation is about: a row, and of a letter its conversation. */
export const subject = (operation) =>
  operation.kind === "message.send" ? operation.fields.conversation : operation.row;

/** Whether the server has recorded an answer to this very id. @param {{answer?: any}} operation */
export const answered = (operation) => FINAL.includes(operation.answer?.outcome);

/**
 * What a new operation builds on: all about the same subject, and about the listing of hers that
 * goes along with a first letter. Of what needs attention only the subject's own making counts
 * and an edit of the same fields, so that a refused note never keeps a listing from being paused.
 * @param {Operation[]} operations
 * @param {Pick<Operation, "kind" | "row" | "fields">} deed
 */
export function buildsOn(operations, deed) {
  const subjects = [subject(deed), deed.fields.mine];
  const waits = held(operations);
  const open = operations.filter(
    (each) => unfinished(each) && (!waits.includes(each) || clash(each, deed)),
  );
  return idsOf(
    open.filter((each) => subjects.includes(subject(each)) || each.kind === "person.welcome"),
  );
}

/**
 * In the order of their ids, but what replaced an older one before all that builds on it.
 * @param {Operation[]} operations
 * @returns {Operation[]}
 */
export function inOrder(operations) {
  const ordered = new Set();
  const place = (operation) => {
    if (ordered.has(operation)) return;
    operations.filter((each) => operation.after.includes(each.id)).forEach(place);
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
  const stuck = new Set();
  return inOrder(operations).filter((each) => {
    const { id, state, after } = each;
    if (needsHer(each) || after.some((one) => stuck.has(one))) stuck.add(id);
    return state === "saved" && !stuck.has(id) && !tried.has(id);
  });
}

/**
 * An operation as it goes over the wire. It names only what the server may not have done yet.
 * @param {Operation} operation
 * @param {Operation[]} operations
 */
export function onTheWire({ id, kind, row, after, made_at, fields, was, again }, operations) {
  const open = operations.filter((each) => unfinished(each) && after.includes(each.id));
  return { id, kind, row, after: idsOf(open), made_at, fields, was, ...(again && { again }) };
}

function settled(operation, answer, now) {
  const outcome = answer?.outcome;
  if (outcome === "done") {
    return { ...operation, state: "sent", sent_at: now, again: false, tries: 0 };
  }
  const tries = (operation.tries ?? 0) + (outcome === "failed");
  const final = answered({ answer }) || tries >= TRIES;
  return { ...operation, tries, ...(final && { state: "attention", answer, again: false }) };
}

/**
 * Make `after` name others, or none, in all that builds on these.
 * @param {Operation[]} operations
 * @param {string[]} from ids
 * @param {string[]} [to] ids
 * @returns {Operation[]} the unchanged are the same objects
 */
export const relinked = (operations, from, to = []) =>
  operations.map((each) =>
    each.after.some((id) => from.includes(id))
      ? { ...each, after: each.after.flatMap((id) => (from.includes(id) ? to : id)) }
      : each,
  );

/**
 * The outbox after an answer. What the answer doesn't speak of is as unsent as before.
 * @param {Operation[]} operations
 * @param {string[]} sent ids
 * @param {Map<string, any>} results by id
 * @param {string} now
 * @returns {Operation[]} those that are kept; the unchanged are the same objects
 */
export function afterAnswer(operations, sent, results, now) {
  const age = (each) => Date.parse(now) - Date.parse(each.sent_at);
  const over = (each) =>
    quiet(each) ? each.state !== "saved" : !unfinished(each) && !(age(each) < KEPT_MS);
  const all = operations.map((each) =>
    sent.includes(each.id) ? settled(each, results.get(each.id), now) : each,
  );
  // What changes the same goes on only when she has answered; all else does now.
  const free = (each) => idsOf(held(all).filter((one) => !clash(one, each)));
  return all.flatMap((each) => relinked([each], free(each))).filter((each) => !over(each));
}

/**
 * What a server that starts anew may have lost is sent again; its ledger knows what it hasn't.
 * @param {Operation} operation
 * @returns {Operation}
 */
export const sentAgain = (operation) =>
  unfinished(operation) ? operation : { ...operation, state: "saved", again: true };

/** Write an outbox that differs from what is stored. */
export async function store(outbox, before, after) {
  for (const each of before) if (!after.includes(each)) await outbox.delete(each.id);
  for (const each of after) if (!before.includes(each)) await outbox.put(each);
}
