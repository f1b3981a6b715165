/** How long milk keeps where it is, as the shell's numbers have it (milk/keeping.py). Pure. */

const HOUR_S = 3600;

/**
 * @typedef {Record<string, any>} Fields of a pumping, by its form's names
 * @typedef {Record<string, number>} Numbers seconds: "fresh", "refrigerated", "frozen", "best" of
 *   frozen, and once thawed "thawed-fresh", "thawed-refrigerated"
 */

/** The day of an instant by the phone's own calendar. @param {string | number} instant */
export function dayOf(instant) {
  const at = new Date(instant);
  const parts = [at.getMonth() + 1, at.getDate()].map((each) => String(each).padStart(2, "0"));
  return [at.getFullYear(), ...parts].join("-");
}

/** @param {string | number} instant @returns {string} "2026-08" */
export const monthOf = (instant) => dayOf(instant).slice(0, 7);

/**
 * Until when, in epoch milliseconds; NaN where nobody can say, since it is not known when it
 * thawed, or it was frozen again.
 * @param {Fields} fields
 * @param {Numbers} numbers
 * @returns {{until: number, best: number}} `best` is NaN but for frozen milk
 */
export function keeps({ state, thawed, pumped_at, moved_at }, numbers) {
  const again = thawed === "yes";
  const [from, name] = again ? [moved_at, `thawed-${state}`] : [pumped_at, state];
  const after = (key) => Date.parse(from) + numbers[key] * 1000;
  return { until: after(name), best: after(name === "frozen" ? "best" : "") };
}

/**
 * How it stands with its time: "over", "best", "past" its best, "until", "refrozen" or "unknown".
 * @param {Fields} fields
 * @param {Numbers} numbers
 * @param {number} now epoch milliseconds
 * @returns {{how: string, at: number}} `at` is the instant that its words name
 */
export function stands(fields, numbers, now) {
  const { until, best } = keeps(fields, numbers);
  if (until <= now) return { how: "over", at: until };
  if (best > now) return { how: "best", at: best };
  const how = { frozen: fields.thawed === "yes" ? "refrozen" : "past" }[fields.state];
  return { how: how ?? (until ? "until" : "unknown"), at: until };
}

/** How soon after pumping it froze, as a batch says it; "" of what isn't frozen. @param {Fields} fields */
export function frozenWithin({ state, pumped_at, moved_at }) {
  if (state !== "frozen") return "";
  const hours = (Date.parse(moved_at) - Date.parse(pumped_at)) / HOUR_S / 1000;
  return hours <= 24 ? "24h" : hours <= 96 ? "4d" : hours > 96 ? "longer" : "unknown";
}
