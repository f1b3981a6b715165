/** Months, weeks and days that milk may have been pumped in; days are ISO dates of the phone's. */
import { day, locale, months as monthsOf } from "../dates.js";
import { _ } from "../words.js";

/** @typedef {{from: string, to: string, label: string}} Period */

const MONTHS = 12;
const WEEKS = 8;
// As long as milk keeps: 4 days in a refrigerator, 4 hours out of it (CDC).
const DAYS = { refrigerated: 5, fresh: 2 };

const two = (number) => String(number).padStart(2, "0");

/** A date of the phone's own calendar. @param {Date} date */
export const iso = (date) =>
  `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;

/** @param {number} days ahead of today @param {Date} [today] */
export const daysAhead = (days, today = new Date()) =>
  iso(new Date(today.getFullYear(), today.getMonth(), today.getDate() + days));

const earlier = (one, other) => (one < other ? one : other);

/** Oldest first, none ending after today. @param {Date} today @returns {Period[]} */
export function months(today) {
  const name = new Intl.DateTimeFormat(locale, { month: "short" });
  return Array.from({ length: MONTHS }, (_none, index) => {
    const first = new Date(today.getFullYear(), today.getMonth() - (MONTHS - 1 - index), 1);
    const last = new Date(first.getFullYear(), first.getMonth() + 1, 0);
    // Twelve months never share a name, so none needs its year.
    return { from: iso(first), to: earlier(iso(last), iso(today)), label: name.format(first) };
  });
}

/** Weeks from Monday to Sunday. @param {Date} today @returns {Period[]} */
export function weeks(today) {
  const form = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short" });
  const sinceMonday = (today.getDay() + 6) % 7;
  return Array.from({ length: WEEKS }, (_none, index) => {
    const shift = -sinceMonday - 7 * (WEEKS - 1 - index);
    const day = (more) =>
      new Date(today.getFullYear(), today.getMonth(), today.getDate() + shift + more);
    const to = earlier(iso(day(6)), iso(today));
    return { from: iso(day(0)), to, label: form.formatRange(day(0), day(6)) };
  });
}

/** The last few days, today last. @param {Date} today @param {number} count @returns {Period[]} */
export function days(today, count) {
  const names = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  return Array.from({ length: count }, (_none, index) => {
    const back = count - 1 - index;
    const name = names.format(-back, "day");
    const from = daysAhead(-back, today);
    return { from, to: from, label: name[0].toLocaleUpperCase(locale) + name.slice(1) };
  });
}

/** What can be chosen for milk kept so. @returns {Period[]} */
export function periodsFor(state, way, today = new Date()) {
  if (DAYS[state]) return days(today, DAYS[state]);
  return way === "week" ? weeks(today) : months(today);
}

/** Whether the choice between months and weeks means anything. */
export const hasWays = (state) => !DAYS[state];

/** "Aug to Oct" where whole months were chosen, else "Aug 3 to Aug 16". */
export function span(from, to) {
  const next = new Date(`${to}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  const whole = from.endsWith("-01") && (next.getUTCDate() === 1 || to === iso(new Date()));
  if (whole) return monthsOf([from.slice(0, 7), to.slice(0, 7)]);
  return from === to ? day(from) : _("%(from)s to %(to)s", { from: day(from), to: day(to) });
}
