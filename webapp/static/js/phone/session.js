import { HERS, remember, writingForGood } from "./database.js";
import { send } from "./exchange.js";
import { announce } from "./news.js";

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
  for (const name of ["nearby", "drafts"]) globalThis.localStorage?.removeItem(name);
  globalThis.sessionStorage?.clear();
  announce();
}

/**
 * Tell the server of a sign-out that it doesn't know of yet; until then nothing syncs.
 * @returns {Promise<boolean>} whether it knows
 */
export async function endSession() {
  const told = await send("/sign-out", {}).then(
    (response) => [204, 401].includes(response.status),
    () => false,
  );
  if (told) await remember("signed_out", undefined);
  return told;
}
