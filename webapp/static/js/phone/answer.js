import { writing } from "./database.js";
import { afterAnswer, sentAgain } from "./operations.js";
import { cursorIn, lay, put, SCOPES } from "./scopes.js";

const STORES = ["rows", "outbox", "pushed", "drafts", "meta", "aside"];

/**
 * @typedef {object} Request what was sent, and of which store
 * @property {string} device
 * @property {Record<string, string>} cursors
 * @property {import("./operations.js").Operation[]} operations
 * @property {IDBValidKey[]} pushed keys of what had been pushed by then
 */

/** Whether the store is still the one, and as far, as when the request was made. */
async function unchanged(meta, { device, cursors }) {
  if ((await meta.get("device")) !== device) return false;
  const now = await Promise.all(SCOPES.map((name) => meta.get(name)));
  return SCOPES.every((name, index) => cursorIn(now[index]) === cursors[name]);
}

/** Write an outbox that differs from what is stored. */
async function store(outbox, before, after) {
  const [old, kept] = [new Set(before), new Set(after.map(({ id }) => id))];
  for (const each of after) if (!old.has(each)) await outbox.put(each);
  for (const { id } of before) if (!kept.has(id)) await outbox.delete(id);
}

/** What was done, as the server read it afresh; a page of this answer is fresher still. */
async function layResults({ meta, rows }, sent, results) {
  const { generation = 0, filling = generation } = (await meta.get("me")) ?? {};
  for (const id of sent) {
    const { outcome, rows: fresh } = results.get(id) ?? {};
    if (outcome !== "done") continue;
    for (const each of new Set([generation, filling])) await put(rows, "me", each, fresh);
  }
}

async function bringBack({ aside, outbox, drafts }, person) {
  const kept = await aside.get(person);
  for (const each of kept?.outbox ?? []) await outbox.put(each);
  for (const each of kept?.drafts ?? []) {
    if (!(await drafts.get(each.key))) await drafts.put(each, each.key);
  }
  await aside.delete(person);
}

/** Whose answer this is, as far as it says. @param {Record<string, any>} scopes */
const personIn = (scopes) => scopes.me?.put?.person?.[0]?.id;

/**
 * Take in an answer: results, rows and cursors together or not at all.
 * @param {Request} request
 * @param {{results?: any[], scopes?: Record<string, any>}} answer
 * @returns {Promise<"more" | "all" | "stale" | "other">} "stale": the store has moved on, and
 *   "other": it is another person's answer; nothing was taken in
 */
export function takeIn(request, { results = [], scopes = {} }) {
  return writing(STORES, async (stores) => {
    const { meta, outbox, pushed } = stores;
    if (!(await unchanged(meta, request))) return "stale";
    const [known, person] = [await meta.get("person"), personIn(scopes)];
    if (known && person && known !== person) return "other";

    const now = new Date().toISOString();
    const byId = new Map(results.map((each) => [each.id, each]));
    const sent = request.operations.map(({ id }) => id);
    await layResults(stores, sent, byId);
    const before = await outbox.getAll();
    const renewed = await lay(stores, "me", scopes.me);
    await lay(stores, "near", scopes.near);
    const old = renewed ? before.map(sentAgain) : before;
    await store(outbox, before, afterAnswer(old, sent, byId, now));
    if (person && !known) {
      await meta.put(person, "person");
      await bringBack(stores, person);
    }
    await meta.delete("unsure");
    await meta.put(now, "synced_at");
    const more = (name) => scopes[name]?.more && scopes[name].cursor !== request.cursors[name];
    if (SCOPES.some(more)) return "more";
    for (const key of request.pushed) await pushed.delete(key);
    return "all";
  });
}
