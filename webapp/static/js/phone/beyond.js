/** What the server tells beyond what this phone holds. None of it is kept on the phone. */
import { send } from "./exchange.js";

/**
 * A page of cards within her reach.
 * @param {string} query of GET /api/nearby
 * @returns {Promise<{cards: any[], next?: string, beyond?: {from_km: number, to_km: number}}>}
 *   rejects without a connection, and with the status where the server refuses
 */
export async function further(query) {
  const answer = await send(`/api/nearby?${query}`);
  if (!answer.ok) throw answer.status;
  return answer.json();
}

/**
 * How far the nearest lies where nothing is within reach: a band, never a place.
 * @param {string} kind "offer" or "request"
 */
export const nearestBeyond = async (kind) => (await further(`kind=${kind}`)).beyond;

/** The card that was tapped of such a page goes along to the next page of this tab, and no farther. */
export const take = (card) => {
  sessionStorage.taken = JSON.stringify([card]);
};

/** @returns {any[]} what went along */
export const taken = () => JSON.parse(globalThis.sessionStorage?.taken ?? "[]");
