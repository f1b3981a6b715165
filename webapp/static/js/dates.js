/** Dates as people say them, in the page's language and the phone's own region. */
import { _, tongue } from "./words.js";

const tongueOf = (tag) => tag.split("-")[0];

/**
 * The phone's region where it speaks the page's language ("en-GB"), else the language. In digits
 * that the page's own numbers are in, and that fields are read in, whatever the region's.
 */
export const locale = new Intl.Locale(
  globalThis.navigator?.languages?.find((each) => tongueOf(each) === tongueOf(tongue)) ?? tongue,
  { numberingSystem: "latn" },
).toString();

const made = {};

/**
 * The phone's own way to say something; one a kind, however many cards there are.
 * @param {string} kind such as "NumberFormat"
 * @param {object} options
 * @returns {any}
 */
export function spoken(kind, options) {
  const key = kind + JSON.stringify(options);
  made[key] ??= new Intl[kind](locale, options);
  return made[key];
}

/** Dates: a day of the calendar, whatever zone it is read in. @param {object} parts */
export const dates = (parts) =>
  spoken("DateTimeFormat", { timeZone: "UTC", month: "short", ...parts });

/** The ISO date so many days after one. @param {string} iso @param {number} days */
export const after = (iso, days) =>
  new Date(Date.parse(iso) + days * DAY_MS).toISOString().slice(0, 10);

/** "yesterday", "2 hours ago". @param {string} [style] */
export const since = (style) => spoken("RelativeTimeFormat", { numeric: "auto", style });

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** The year stands only where one of them isn't in this one. */
function spell(day, ...all) {
  const now = new Date().toISOString().slice(0, 4);
  const year = all.every((iso) => iso.startsWith(now)) ? undefined : "numeric";
  return all.map((iso) => dates({ day, year }).format(new Date(iso)));
}

/**
 * @param {string} iso a date ("2026-05-02") or an instant
 * @returns {string} "May 2", and with its year where that isn't this one
 */
export const day = (iso) => spell("numeric", iso)[0];

/**
 * @param {string[]} span first and last month, "2026-08"
 * @returns {string} "Aug to Oct", or one month where both are the same
 */
export function months([first, last = first]) {
  const [from, to] = spell(undefined, first, last);
  return from === to ? from : _("%(from)s to %(to)s", { from, to });
}

/**
 * @param {string} iso an instant
 * @returns {string} "5 min ago"; what lies ahead by a wrong clock is "a moment ago" too
 */
export function ago(iso) {
  const minutes = (Date.now() - Date.parse(iso)) / MINUTE_MS;
  if (minutes < 1) return _("a moment ago");
  /** @type {[number, Intl.RelativeTimeFormatUnit]} */
  const [size, unit] = minutes < 60 ? [1, "minute"] : minutes < 1440 ? [60, "hour"] : [1440, "day"];
  return since("short")
    .format(-Math.floor(minutes / size), unit)
    .replace(/\.(?= )/, "");
}

/**
 * @param {string} iso a UTC date, as the server counts them
 * @returns {number} whole days since then, 0 for today and for what lies ahead
 */
export const daysSince = (iso) =>
  Math.max(0, Math.floor(Date.now() / DAY_MS) - Math.floor(Date.parse(iso) / DAY_MS));

/**
 * How lately its owner said that a listing still holds: "Still there today".
 * @param {string} iso a UTC date
 * @param {"offer" | "request"} [kind]
 */
export function freshness(iso, kind) {
  const when = since().format(-daysSince(iso), "day");
  return kind === "request" ? _("Asked %(when)s", { when }) : _("Still there %(when)s", { when });
}
