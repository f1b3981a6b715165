import { reading, writingForGood } from "./database.js";
import { drafts } from "./drafts.js";
import { announce } from "./news.js";
import {
  answered,
  buildsOn,
  idsOf,
  makes,
  quiet,
  relinked,
  store,
  subject,
  unfinished,
} from "./operations.js";
import { asItStands } from "./status.js";
import { sync } from "./sync.js";
import { uuid7 } from "./uuid.js";

/** @typedef {import("./operations.js").Operation} Operation */

/** Change the outbox in one transaction that is on the disk when it ends; then try to send. */
export async function keep(work) {
  const result = await writingForGood(work);
  announce();
  sync();
  // Where the browser has Background Sync, it goes on after this page was killed.
  navigator.serviceWorker?.ready
    .then((/** @type {any} */ registration) => registration.sync?.register("outbox"))
    .catch(() => {});
  return result;
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
export async function perform({ draft, after = [], fields = {}, ...deed }) {
  if (draft) await drafts.flush();
  const made_at = new Date().toISOString();
  let id;
  return keep(async ({ outbox: box, drafts: kept, meta }) => {
    // In a second attempt it may be there already: it doesn't build on itself.
    const others = (await box.getAll()).filter((each) => each.id !== id);
    id ??= uuid7(others.at(-1)?.id);
    const builds = [...after, ...buildsOn(others, { ...deed, fields })];
    const operation = { ...deed, id, after: builds, made_at, fields, state: "saved" };
    await box.put(operation);
    if (draft) await kept.delete(draft);
    if (!(await meta.get("asked"))) {
      await meta.put(true, "asked");
      navigator.storage?.persist().catch(() => {});
    }
    return operation;
  });
}

/**
 * What waits, is being sent, or needs her, oldest first.
 * @returns {Promise<Operation[]>}
 */
export const outbox = () =>
  reading(async (stores) =>
    (await stores.outbox.getAll())
      .filter((each) => unfinished(each) && !each.again && !quiet(each))
      .map(asItStands),
  );

/**
 * Do something about one operation that is still in her hands: saved, or needing her.
 * @param {string} id
 * @param {(old: Operation, all: Operation[]) => [any, Operation[]]} work the result, and the
 *   outbox as it is then
 * @returns {Promise<any>} the result; undefined if the operation is on its way, done or gone
 */
function amend(id, work) {
  let result;
  return keep(async ({ outbox: box }) => {
    const all = await box.getAll();
    const old = all.find((each) => each.id === id);
    // In a second attempt, that of the first: it was kept, and only the word of it was lost.
    if (!old || !unfinished(old) || asItStands(old) !== old) return result;
    const [done, left] = work(old, all);
    await store(box, all, left);
    result = done;
    return done;
  });
}

const renew = (id, changesOf) =>
  amend(id, (old, all) => {
    const made_at = new Date().toISOString();
    const begun = { made_at, state: "saved", answer: undefined, tries: 0, again: false };
    const operation = { ...old, id: uuid7(all.at(-1).id), ...begun, ...changesOf(old) };
    const others = all.filter((each) => each !== old);
    return [operation, [...relinked(others, [id], [operation.id]), operation]];
  });

/**
 * Her answer to a refusal, a conflict or a question: a new operation in the old one's stead.
 * @param {string} id
 * @param {Partial<Operation>} [changes]
 * @returns {Promise<Operation | undefined>} the new one; undefined if it is on its way or done
 */
export const replace = (id, changes) => renew(id, () => changes);

/**
 * Send again what needs attention. An answer the server has recorded stands for that id, so
 * then it goes under a new one.
 * @param {string} id
 * @returns {Promise<Operation | undefined>}
 */
export const retry = (id) =>
  renew(id, (old) => !answered(old) && { id: old.id, made_at: old.made_at });

/**
 * Take something back before it was sent, and with a making all that was done to what it made.
 * @param {string} id
 * @returns {Promise<boolean>} false if it is on its way or done
 */
export const discard = (id) =>
  amend(id, (old, all) => {
    const stays = (each) =>
      each !== old && !(makes(old) && subject(each) === subject(old) && unfinished(each));
    const left = all.filter(stays);
    return [true, relinked(left, idsOf(all.filter((each) => !stays(each))))];
  }).then(Boolean);
