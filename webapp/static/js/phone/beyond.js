import { send } from "./exchange.js";

/**
 * How far the nearest lies where nothing is within reach: a band, never a place.
 * @param {string} kind "offer" or "request"
 * @returns {Promise<{from_km: number, to_km: number} | undefined>} rejects without a connection
 */
export const nearestBeyond = async (kind) =>
  (await (await send(`/api/nearby?kind=${kind}`)).json()).beyond;
