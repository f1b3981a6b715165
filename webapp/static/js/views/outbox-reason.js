/** Why an operation is still here, as the outbox's shell has words for it (data-why). Pure. */
import { isStuck } from "./card-strip.js";
import { named } from "./states-words.js";

/**
 * What needs her before an operation can go, if anything.
 * @param {any} operation
 * @param {any[]} waiting the whole outbox
 * @returns {any}
 */
export const before = ({ after }, waiting) =>
  waiting
    .filter((each) => after.includes(each.id))
    .map((each) => (isStuck(each) ? each : before(each, waiting)))
    .find(Boolean);

/**
 * @param {any} operation
 * @param {any} first of before()
 * @param {import("../phone/status.js").Status} status
 * @returns {string} what is asked of her, "sending", "first" (something else needs her before),
 *   "busy" (the server named a time), or the status's state
 */
export function reason({ state, answer }, first, status) {
  if (state === "sending") return state;
  if (!isStuck({ state })) {
    return first ? "first" : named(status) ? "busy" : status.state;
  }
  const { outcome, errors } = answer;
  if (outcome === "confirm" && errors?.status) return "reopen";
  return /conflict|confirm|large/.test(outcome) || errors ? outcome : "broken";
}
