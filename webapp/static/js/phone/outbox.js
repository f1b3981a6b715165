import { reading, writingForGood } from "./database.js";
import { drafts } from "./drafts.js";
import { announce } from "./news.js";
import { answered, buildsOn, makes, unfinished } from "./operations.js";
import { asItStands } from "./status.js";
import { sync } from "./sync.js";
import { uuid7 } from "./uuid.js";

/** @typedef {import("./operations.js").Operation} Operation */

/** Change the outbox in one transaction that is on the disk when it ends; then try to send. */
async function change(names, work) {
  const result = await writingForGood(["outbox", ...names], work);
  announce();
  sync();
  // Where the browser has Background Sync, it goes on after this page was killed.
  navigator.serviceWorker?.ready
    .then((/** @type {any} */ registration) => registration.sync?.register("outbox"))
    .catch(() => {});
  return result;
}

async function askToPersist(meta) {
  if (await meta.get("asked")) return;
  await meta.put(true, "asked");
  navigator.storage?.persist?.().catch(() => {});
}

/**
 * Do something: kept for good on this phone when this resolves, and sent as soon as can be.
 * @param {object} deed
 * @param {string} deed.kind
 * @param {string} deed.row the row it makes or changes
 * @param {Record<string, string | string[]>} [deed.fields] an edit: only what changed
 * @param {Record<string, string | string[]>} [deed.was] an edit: the same names as she saw them
 * @param {string[]} [deed.after] operations it builds on, beside those on the same row
 * @param {string} [deed.draft] key of the draft that this makes good
 * @param {object} [deed.shows] members of the row to show until the server's comes
 * @returns {Promise<Operation>}
 */
export async function perform({ kind, row, fields = {}, was, after = [], draft, shows }) {
  if (draft) await drafts.flush();
  const made_at = new Date().toISOString();
  let id;
  return change(["drafts", "meta"], async (stores) => {
    const all = await stores.outbox.getAll();
    id ??= uuid7(all.at(-1)?.id);
    const builds = [...new Set([...after, ...buildsOn(all, row)])].filter((each) => each !== id);
    const operation = { id, kind, row, after: builds, made_at, fields, was, shows, state: "saved" };
    await stores.outbox.put(operation);
    if (draft) await stores.drafts.delete(draft);
    await askToPersist(stores.meta);
    return operation;
  });
}

/**
 * What waits, is being sent, or needs her, oldest first.
 * @param {{sent?: boolean}} [options] `sent`: also what was sent in the last 30 days
 * @returns {Promise<Operation[]>}
 */
export function outbox({ sent = false } = {}) {
  return reading(["outbox"], async (stores) =>
    (await stores.outbox.getAll())
      .filter((each) => sent || (unfinished(each) && !each.again))
      .map(asItStands),
  );
}

/** Whether it is still in her hands: not on its way, not done. */
const hers = (operation) => ["saved", "attention"].includes(asItStands(operation).state);

/** Make `after` name another operation, or none, in all that builds on these. */
async function relink(box, operations, from, to) {
  for (const each of operations.filter(({ after }) => after.some((id) => from.includes(id)))) {
    const after = each.after.flatMap((id) => (from.includes(id) ? to : [id]));
    await box.put({ ...each, after });
  }
}

/**
 * Her answer to a refusal, a conflict or a question: a new operation in the old one's stead.
 * @param {string} id
 * @param {Partial<Operation>} [changes]
 * @returns {Promise<Operation | undefined>} the new one; undefined if it is on its way or done
 */
export function replace(id, changes = {}) {
  let fresh;
  return change([], async ({ outbox: box }) => {
    const all = await box.getAll();
    const old = all.find((each) => each.id === id);
    if (!old || !hers(old)) return undefined;
    fresh ??= uuid7(all.at(-1).id);
    const { answer, tries, again, ...deed } = old;
    const made_at = new Date().toISOString();
    const operation = { ...deed, ...changes, id: fresh, made_at, state: "saved" };
    await box.delete(id);
    await relink(box, all, [id], [fresh]);
    await box.put(operation);
    return operation;
  });
}

/**
 * Send again what needs attention. An answer the server has recorded stands for that id, so
 * then it goes under a new one.
 * @param {string} id
 */
export async function retry(id) {
  const old = (await outbox()).find((each) => each.id === id);
  if (old?.state !== "attention") return old;
  if (answered(old)) return replace(id);
  const { answer, tries, ...deed } = old;
  const operation = { ...deed, state: "saved" };
  await change([], ({ outbox: box }) => box.put(operation));
  return operation;
}

/**
 * Take something back before it was sent, and with a row's making all that was done to the row.
 * @param {string} id
 * @returns {Promise<boolean>} false if it is on its way or done
 */
export function discard(id) {
  return change([], async ({ outbox: box }) => {
    const all = await box.getAll();
    const old = all.find((each) => each.id === id);
    if (!old || !hers(old)) return false;
    const gone = all.filter(
      (each) => each === old || (makes(old) && each.row === old.row && unfinished(each)),
    );
    const ids = gone.map((each) => each.id);
    for (const each of ids) await box.delete(each);
    const left = all.filter((each) => !gone.includes(each));
    await relink(box, left, ids, []);
    return true;
  });
}
