import { announce, watch } from "./news.js";

/**
 * @typedef {object} Status
 * @property {"idle" | "syncing" | "unreachable" | "signed_out" | "suspended" | "other_device" |
 *   "erased" | "client_too_old" | "failed"} state
 * @property {string} [synced_at] UTC of the last answer that was taken in
 * @property {number} [next_at] epoch milliseconds of the next attempt by itself
 * @property {{had: number, left: number}} [filling] while not all is here yet: rows that are, and
 *   rows to come
 * @property {boolean} [nearLess] for want of space, only what is her own is kept
 * @property {string[]} [sending] ids of the operations in the request that is under way
 */

/** @type {Status} */
let current = { state: "idle" };

watch(({ status }) => {
  if (status) current = status;
});

/** @returns {Status} how it stands between this phone and the server */
export const status = () => current;

/** Go on from where the last page ended; news that nobody else needs. @param {Status} [last] */
export function resume(last) {
  current = last ?? current;
}

/** An operation as it stands at this moment. */
export const asItStands = (operation) =>
  operation.state === "saved" && current.sending?.includes(operation.id)
    ? { ...operation, state: "sending" }
    : operation;

/** @param {Status} next */
export const show = (next) => announce({ status: { synced_at: current.synced_at, ...next } });
