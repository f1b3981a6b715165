/** Months, weeks and days that milk may have been pumped in, as ISO dates. */
import { dates, since } from "../dates.js";

/** @typedef {{from: string, to: string, label: string}} Period */

// In days, as long as milk keeps: 4 days in a refrigerator, 4 hours out of it (CDC).
const WEEKS = 8;
const COUNTS = { month: 12, week: WEEKS, refrigerated: 5, fresh: 2 };
const DAY_MS = 86_400_000;

const iso = (ms) => new Date(ms).toISOString().slice(0, 10);

/**
 * @param {string} way "month", or another way to count
 * @param {string} from
 * @param {string} to
 * @returns {string} "Aug – Oct" or "Aug 3 – 16"
 */
export const span = (way, from, to) =>
  from <= to
    ? dates(way === "month" ? {} : { day: "numeric" }).formatRange(new Date(from), new Date(to))
    : "";

/** When a period began, so many before the one that holds today by the phone's own calendar. */
function start(way, back) {
  const today = new Date();
  const [year, month, date] = [today.getFullYear(), today.getMonth(), today.getDate()];
  if (way === "month") return Date.UTC(year, month - back);
  const sinceMonday = (today.getDay() + 6) % 7;
  return Date.UTC(year, month, date - (way === "week" ? sinceMonday + 7 * back : back));
}

/** @param {number} days @returns {string} the day that many days from today */
export const dayAhead = (days) => iso(start("day", -days));

/**
 * What can't be of the days that milk was pumped on, as the server sees it: none before 2000, none
 * to come, and the last not before the first.
 * @param {string} from ISO dates; empty where nothing was said
 * @param {string} to
 * @param {string} [today] furthest on, where the earth has the latest day
 * @returns {[from: string, to: string]} "early", "late", "order", or empty
 */
export function wrongDays(from, to, today = iso(Date.now() + 14 * 3_600_000)) {
  const wrong = (day) => day && (day < "2000" ? "early" : day > today ? "late" : "");
  return [wrong(from), wrong(to) || (to && to < from ? "order" : "")];
}

/**
 * Oldest first, none ending after today; days have names.
 * @param {string} way "month" or "week", or how the milk is kept where that leaves a few days
 * @returns {Period[]}
 */
export function periods(way) {
  const length = COUNTS[way] ?? 0;
  return Array.from({ length }, (_none, index) => {
    const back = length - 1 - index;
    const from = iso(start(way, back));
    const to = iso(Math.min(start(way, back - 1) - DAY_MS, start("day", 0)));
    const label = length < WEEKS ? since().format(-back, "day") : span(way, from, to);
    return { from, to, label };
  });
}
