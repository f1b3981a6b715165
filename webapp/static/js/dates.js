/** Dates as people say them, in the bundle's language and the phone's own region. */
import { language } from "#catalogue";
import { _ } from "./words.js";

const tongue = language.replace("_", "-");
const spoken = (tag) => tag.split("-")[0];

/** The phone's region where it speaks the bundle's language ("en-GB"), else the language. */
export const locale =
  globalThis.navigator?.languages?.find((each) => spoken(each) === spoken(tongue)) ?? tongue;

// A date is a day of the calendar, whatever zone it is read in.
const calendar = (parts) =>
  new Intl.DateTimeFormat(locale, { timeZone: "UTC", month: "short", ...parts });
const DAY = [calendar({ day: "numeric" }), calendar({ day: "numeric", year: "numeric" })];
const MONTH = [calendar({}), calendar({ year: "numeric" })];
const LONG_AGO = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
const AGO = new Intl.RelativeTimeFormat(locale, { numeric: "auto", style: "short" });

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** @type {[number, Intl.RelativeTimeFormatUnit][]} */
const UNITS = [
  [DAY_MS, "day"],
  [HOUR_MS, "hour"],
  [MINUTE_MS, "minute"],
];

const thisYear = (iso) => new Date().toISOString().startsWith(iso.slice(0, 4));

/**
 * @param {string} iso a date ("2026-05-02") or an instant
 * @returns {string} "May 2", and with its year where that isn't this one
 */
export const day = (iso) => DAY[thisYear(iso) ? 0 : 1].format(new Date(iso));

/**
 * @param {string[]} span first and last month, "2026-08"
 * @returns {string} "Aug to Oct", or one month where both are the same
 */
export function months([first, last = first]) {
  const form = MONTH[thisYear(first) && thisYear(last) ? 0 : 1];
  const [from, to] = [first, last].map((iso) => form.format(new Date(iso.slice(0, 7))));
  return from === to ? from : _("%(from)s to %(to)s", { from, to });
}

/**
 * @param {string} iso an instant
 * @param {number} [now] epoch milliseconds
 * @returns {string} "5 min ago"; what lies ahead by a wrong clock is "a moment ago" too
 */
export function ago(iso, now = Date.now()) {
  const past = now - Date.parse(iso);
  const [size, unit] = UNITS.find(([each]) => past >= each) ?? [];
  if (!size) return _("a moment ago");
  return AGO.format(-Math.floor(past / size), unit).replace(/\.(?= )/, "");
}

/**
 * @param {string} iso a UTC date, as the server counts them
 * @param {number} [now] epoch milliseconds
 * @returns {number} whole days since then, 0 for today and for what lies ahead
 */
export const daysSince = (iso, now = Date.now()) =>
  Math.max(0, Math.floor(now / DAY_MS) - Math.floor(Date.parse(iso) / DAY_MS));

/**
 * How lately its owner said that a listing still holds: "Still there today".
 * @param {string} iso a UTC date
 * @param {"offer" | "request"} [kind]
 * @param {number} [now] epoch milliseconds
 */
export function freshness(iso, kind = "offer", now = Date.now()) {
  const when = LONG_AGO.format(-daysSince(iso, now), "day");
  return kind === "offer" ? _("Still there %(when)s", { when }) : _("Asked %(when)s", { when });
}
