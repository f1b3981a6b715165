/** What the freezer's page says: the shell has the words, so that no other page carries them. */
import { day, spoken } from "../dates.js";
import { amount } from "../units.js";
import { format, LABELS } from "../words.js";
import { part } from "./reveal.js";

const SOON_MS = 172_800_000;

/** @param {string} name @param {import("../words.js").Values} [values] */
export const word = (name, values = {}) =>
  format(part("parts").querySelector(`[data-word="${name}"]`).textContent, values);

/** How long milk keeps: seconds by name. @returns {import("./freezer-keeping.js").Numbers} */
export const numbers = () => JSON.parse(part("parts").dataset.numbers);

/** "4 oz". @param {any} row of a pumping @param {import("../units.js").Units} [units] */
export const much = ({ fields }, units) => amount(Number(fields.volume_ml), units);

/** "Nov 21, 6:10 PM". @param {string | number} instant */
export const moment = (instant) =>
  spoken("DateTimeFormat", {
    month: "short",
    day: "numeric",
    hour: "numeric",
    minute: "2-digit",
  }).format(new Date(instant));

/** "Aug", and with its year where that isn't this one. @param {string} month "2026-08" */
export const monthName = (month) => {
  const year = month.slice(0, 4) === String(new Date().getFullYear()) ? undefined : "numeric";
  return spoken("DateTimeFormat", { timeZone: "UTC", month: "short", year }).format(
    new Date(month),
  );
};

/** How it stands with its time, in words. @param {{how: string, at: number}} standing */
export function time({ how, at }) {
  // What is soon over has an hour; of what keeps for months only the day is meant.
  const near = how === "until" && at - Date.now() < SOON_MS;
  const when = at && (near ? moment(at) : day(new Date(at).toISOString()));
  return word(how, { when });
}

/**
 * What of her calendar stands in the way, in words.
 * @param {[verdict: string, entry: Record<string, string>]} met
 * @returns {any} a line of fit
 */
export function obstacle([verdict, { what, diet, name, from_on, to_on }]) {
  const called = diet ? word("off", { diet: LABELS[diet] }) : (LABELS[what] ?? what);
  const values = {
    what: name ? `${called}: ${name}` : called,
    first: day(from_on),
    last: to_on && day(to_on),
  };
  return [verdict, word(to_on ? "from" : "since", values)];
}
