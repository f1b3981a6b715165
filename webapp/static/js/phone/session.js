import { remember, writingForGood } from "./database.js";
import { send } from "./exchange.js";
import { announce } from "./news.js";
import { unfinished } from "./operations.js";
import { unsubscribe } from "./subscription.js";

const HERS = ["rows", "pushed", "outbox", "drafts", "meta"];

const clear = (stores) => Promise.all(HERS.map((name) => stores[name].clear()));

/**
 * Empty the store in one transaction; a marker that names nobody may stay.
 * @param {boolean} marked whether the server is still to be told that she signed out
 */
export async function empty(marked) {
  await writingForGood(HERS, async (stores) => {
    await clear(stores);
    if (marked) await stores.meta.put(true, "signed_out");
  });
  announce();
}

/**
 * Tell the server of a sign-out that it doesn't know of yet; until then nothing syncs.
 * @returns {Promise<boolean>} whether it knows
 */
export async function endSession() {
  try {
    const { status } = await send("/sign-out");
    if (status !== 204 && status !== 401) return false;
  } catch {
    return false;
  }
  await remember("signed_out", undefined);
  return true;
}

/**
 * Somebody else has signed in on this phone: begin an empty store for them. Work that the first
 * person had not sent lies apart, unseen and unsent, until she signs in here again.
 */
export async function setAside() {
  await writingForGood([...HERS, "aside"], async (stores) => {
    const owner = (await stores.meta.get("person")) ?? (await stores.meta.get("device"));
    const outbox = (await stores.outbox.getAll()).filter(unfinished);
    const drafts = await stores.drafts.getAll();
    if (outbox.length || drafts.length) await stores.aside.put({ outbox, drafts }, owner);
    await clear(stores);
  });
  announce();
  unsubscribe().catch(() => {});
}
