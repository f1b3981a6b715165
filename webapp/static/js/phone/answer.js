import { writing } from "./database.js";
import { afterAnswer, idsOf, sentAgain, store } from "./operations.js";
import { lay, put, standing } from "./scopes.js";

/**
 * @typedef {object} Request what was sent, and of which store
 * @property {{seen?: string[]}} body
 * @property {{device: string, cursors: Record<string, string>}} stood
 * @property {import("./operations.js").Operation[]} operations
 * @property {IDBValidKey[]} pushed keys of what had been pushed by then
 */

/** What was done, as the server read it afresh; a page of this answer is fresher still. */
async function layResults({ meta, rows }, sent, results) {
  const { generation = 0, filling = generation } = (await meta.get("me")) ?? {};
  for (const id of sent) {
    for (const each of [generation, filling]) await put(rows, "me", each, results.get(id)?.rows);
  }
}

/**
 * Take in an answer: results, rows and cursors together or not at all.
 * @param {Request} request
 * @param {{results?: any[], scopes?: Record<string, any>, lost?: boolean}} answer
 * @returns {Promise<"more" | "all" | "unreachable" | "other_device">} nothing was taken in where
 *   the store has moved on, as if there were no answer, or it is another person's
 */
export function takeIn(request, { results = [], scopes = {}, lost }) {
  return writing(async (stores) => {
    const { meta, outbox, pushed } = stores;
    const { stood } = request;
    if (JSON.stringify(await standing(stores)) !== JSON.stringify(stood)) return "unreachable";
    const known = await meta.get("person");
    const person = scopes.me?.put?.person?.[0]?.id ?? known;
    if (known && person !== known) return "other_device";

    const now = new Date().toISOString();
    const byId = new Map(results.map((each) => [each.id, each]));
    const sent = idsOf(request.operations);
    await layResults(stores, sent, byId);
    const before = await outbox.getAll();
    if (stood.cursors.me && scopes.me?.reset) await meta.put(Date.now(), "renewed");
    const renewed = await lay(stores, "me", scopes.me);
    await lay(stores, "near", scopes.near);
    const old = renewed ? before.map(sentAgain) : before;
    await store(outbox, before, afterAnswer(old, sent, byId, now));
    await meta.put(person, "person");
    await meta.delete("unsure");
    if (request.body.seen) await meta.delete("seen");
    if (lost && (await meta.get("alerts"))) await meta.put({ gone: true }, "alerts");
    await meta.put(now, "synced_at");
    const more = ([name, page]) => page.more && page.cursor !== stood.cursors[name];
    if (Object.entries(scopes).some(more)) return "more";
    for (const key of request.pushed) await pushed.delete(key);
    return "all";
  });
}
