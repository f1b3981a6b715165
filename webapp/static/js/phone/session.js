import { HERS, remember, writingForGood } from "./database.js";
import { send } from "./exchange.js";
import { announce } from "./news.js";
import { unfinished } from "./operations.js";
import { unsubscribe } from "./subscription.js";

/**
 * Empty the store in one transaction; a marker that names nobody may stay.
 * @param {boolean} marked whether the server is still to be told that she signed out
 * @param {import("./database.js").Work} [before] in the same transaction
 */
export async function empty(marked, before) {
  await writingForGood(async (stores) => {
    await before?.(stores);
    for (const name of HERS) await stores[name].clear();
    if (marked) await stores.meta.put(true, "signed_out");
  });
  // How she filters what is near says something of her; a worker can't reach it.
  globalThis.localStorage?.removeItem("nearby");
  announce();
}

/**
 * Tell the server of a sign-out that it doesn't know of yet; until then nothing syncs.
 * @returns {Promise<boolean>} whether it knows
 */
export async function endSession() {
  const told = await send("/sign-out").then(
    ({ status }) => [204, 401].includes(status),
    () => false,
  );
  if (told) await remember("signed_out", undefined);
  return told;
}

/**
 * Somebody else has signed in on this phone: begin an empty store for them. Work that the first
 * person had not sent lies apart, unseen and unsent, until she signs in here again.
 */
export async function setAside() {
  await empty(false, async (stores) => {
    const owner = (await stores.meta.get("person")) ?? (await stores.meta.get("device"));
    const outbox = (await stores.outbox.getAll()).filter(unfinished);
    const drafts = await stores.drafts.getAll();
    if (outbox.length || drafts.length) await stores.aside.put({ outbox, drafts }, owner);
  });
  unsubscribe().catch(() => {});
}
