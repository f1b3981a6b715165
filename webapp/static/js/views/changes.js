/** What she changed in a form. Pure. */
import { besides, changedBatches } from "../batches.js";

/** @typedef {Record<string, string | string[]>} Fields */

/**
 * What changed between two readings of a form. A batch goes whole, since it merges as one.
 * @param {Fields} before
 * @param {Fields} after
 * @returns {{fields: Fields, was: Fields}}
 */
export function changes(before, after) {
  const [old, now] = [besides(before), besides(after)];
  const single = Object.keys({ ...old, ...now })
    .filter((name) => String(old[name] ?? "") !== String(now[name] ?? ""))
    .map((name) => /** @type {const} */ ([name, old[name], now[name]]));
  const fields = {};
  const was = {};
  for (const [name, one, other] of [...single, ...changedBatches(before, after)]) {
    const none = Array.isArray(one ?? other) ? [] : "";
    fields[name] = other ?? none;
    was[name] = one ?? none;
  }
  return { fields, was };
}
