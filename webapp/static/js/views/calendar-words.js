/** An entry of her calendar in words. */
import { dates, day } from "../dates.js";
import { _, LABELS } from "../words.js";
import { says } from "./card-words.js";

/**
 * "Nov 3 – 10", or one day; with the year where that isn't this one.
 * @param {string} from ISO dates
 * @param {string} to
 */
export function days(from, to) {
  if (from === to) return day(from);
  const now = new Date().toISOString().slice(0, 4);
  const year = [from, to].every((each) => each.startsWith(now)) ? undefined : "numeric";
  return dates({ day: "numeric", year }).formatRange(new Date(from), new Date(to));
}

/** "Medicines", "Off a diet: Dairy-free". @param {Record<string, string>} entry */
export const called = ({ what, diet }) =>
  diet ? says(_("Off a diet"), LABELS[diet]) : (LABELS[what] ?? what);

/** "Nov 3 – 10", "Since Nov 3, still going on". @param {Record<string, string>} entry */
export const when = ({ from_on, to_on }) =>
  to_on ? days(from_on, to_on) : _("Since %(day)s, still going on", { day: day(from_on) });

/** "Medicines, Nov 3 – 10". @param {Record<string, string>} entry */
export const inShort = (entry) => `${called(entry)}, ${when(entry)}`;
