/** Dates as people say them, in the bundle's language and the phone's own region. */
import { language } from "#catalogue";
import { _ } from "./words.js";

const tongue = language.replace("_", "-");
const spoken = (tag) => tag.split("-")[0];

/** The phone's region where it speaks the bundle's language ("en-GB"), else the language. */
export const locale =
  globalThis.navigator?.languages?.find((each) => spoken(each) === spoken(tongue)) ?? tongue;

// A date is a day of the calendar, whatever zone it is read in. Each without and with its year.
const [DAY, MONTH] = ["numeric", undefined].map((/** @type {any} */ day) =>
  [undefined, "numeric"].map(
    (/** @type {any} */ year) =>
      new Intl.DateTimeFormat(locale, { timeZone: "UTC", month: "short", day, year }),
  ),
);
const [LONG, SHORT] = ["long", "short"].map(
  (/** @type {any} */ style) => new Intl.RelativeTimeFormat(locale, { numeric: "auto", style }),
);

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** The year stands only where one of them isn't in this one. */
function spell(forms, ...dates) {
  const year = new Date().toISOString().slice(0, 4);
  const form = forms[dates.every((iso) => iso.startsWith(year)) ? 0 : 1];
  return dates.map((iso) => form.format(new Date(iso)));
}

/**
 * @param {string} iso a date ("2026-05-02") or an instant
 * @returns {string} "May 2", and with its year where that isn't this one
 */
export const day = (iso) => spell(DAY, iso)[0];

/**
 * @param {string[]} span first and last month, "2026-08"
 * @returns {string} "Aug to Oct", or one month where both are the same
 */
export function months([first, last = first]) {
  const [from, to] = spell(MONTH, first, last);
  return from === to ? from : _("%(from)s to %(to)s", { from, to });
}

/**
 * @param {string} iso an instant
 * @param {number} [now] epoch milliseconds
 * @returns {string} "5 min ago"; what lies ahead by a wrong clock is "a moment ago" too
 */
export function ago(iso, now = Date.now()) {
  const minutes = (now - Date.parse(iso)) / MINUTE_MS;
  if (minutes < 1) return _("a moment ago");
  /** @type {[number, Intl.RelativeTimeFormatUnit]} */
  const [size, unit] = minutes < 60 ? [1, "minute"] : minutes < 1440 ? [60, "hour"] : [1440, "day"];
  return SHORT.format(-Math.floor(minutes / size), unit).replace(/\.(?= )/, "");
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
  const when = LONG.format(-daysSince(iso, now), "day");
  return kind === "offer" ? _("Still there %(when)s", { when }) : _("Asked %(when)s", { when });
}
