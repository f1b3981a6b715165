/** What was pumped and what was given, month by month. Pure. */
import { monthOf } from "./freezer-keeping.js";
import { grouped, total } from "./freezer-shelf.js";

const MONTHS = 12;

/** The last twelve months, the newest first. @param {number} now @returns {string[]} "2026-11" */
function months(now) {
  const [year, month] = monthOf(now).split("-").map(Number);
  return Array.from({ length: MONTHS }, (_, back) =>
    new Date(Date.UTC(year, month - 1 - back)).toISOString().slice(0, 7),
  );
}

/**
 * @param {any[]} pumpings rows, those that are gone too
 * @param {number} now epoch milliseconds
 * @returns {{month: string, pumped: number, given: number}[]} in ml, the newest month first and
 *   none before the first in which there was something
 */
export function byMonth(pumpings, now) {
  const given = pumpings.filter(({ gone }) => gone === "given");
  const pumpedIn = Object.fromEntries(grouped(pumpings, ({ fields }) => monthOf(fields.pumped_at)));
  const givenIn = Object.fromEntries(grouped(given, ({ gone_at }) => monthOf(gone_at)));
  const all = months(now).map((month) => ({
    month,
    pumped: total(pumpedIn[month] ?? []),
    given: total(givenIn[month] ?? []),
  }));
  return all.slice(0, all.findLastIndex((each) => each.pumped || each.given) + 1);
}

/** A bar of a chart a hundred wide, as an SVG path. @param {number} value @param {number} most */
export const bar = (value, most) => `M0 0H${most ? Math.round((value / most) * 1000) / 10 : 0}`;
