/** A watch in words, and as what Nearby's filters ask for. Pure. */
import { amount, distance } from "../units.js";
import { _, EXPOSURES, LABELS, ngettext } from "../words.js";
import { lasting } from "./card-lines.js";
import { onCard, says } from "./card-words.js";

/** Less than this nobody asks for: any amount will do. */
const ANY_ML = 30;

/** @typedef {Record<string, any>} Fields of a watch, by its form's names */

/** Within a sentence: "frozen" of what has a word for that. @param {string[]} codes */
const joined = (codes) => codes.map((code) => LABELS[`card-${code}`] ?? LABELS[code]).join(", ");

/**
 * "Dairy-free milk within 30 km, at least 100 oz".
 * @param {Fields} fields
 * @param {import("../units.js").Units} [units]
 */
export function sentence({ must = [], reach_km, least_ml }, units) {
  const values = {
    what: joined(must),
    reach: distance(+reach_km, units),
    amount: amount(+least_ml, units),
  };
  const text = must[0]
    ? _("%(what)s milk within %(reach)s, at least %(amount)s", values)
    : _("Milk within %(reach)s, at least %(amount)s", values);
  return text[0].toUpperCase() + text.slice(1);
}

/** What else it asks for, a line each. @param {Fields} fields @returns {string[]} */
export function details({ must = [], nice = [], avoid = [], milk_age_months, ...fields }) {
  const long = (code) => lasting(code, fields[`weeks-${code}`]);
  const months = +milk_age_months;
  const without = nice.filter((code) => EXPOSURES.includes(code));
  const better = nice.filter((code) => !without.includes(code));
  return [
    ...must.filter((code) => +fields[`weeks-${code}`]).map(long),
    avoid[0] && says(_("Without"), avoid.map(onCard).join(", ")),
    months > 0 &&
      ngettext("Pumped in the last %(num)s month", "Pumped in the last %(num)s months", months),
    better[0] && says(_("Better"), better.map(long).join(", ")),
    without[0] && says(_("Better without"), without.map(onCard).join(", ")),
  ].filter(Boolean);
}

/**
 * What Nearby's filters ask for, as a watch. The baby's age is no part of one.
 * @param {Record<string, string[]>} choice what its form says
 * @param {{reach_km?: number}} person
 * @returns {Record<string, any>} by the form's names
 */
export function fromFilters({ diet = [], avoid = [], state = [], volume_ml = [] }, { reach_km }) {
  return {
    must: [...diet, ...state],
    ...Object.fromEntries(diet.map((code) => [`weeks-${code}`, "0"])),
    avoid,
    least_ml: volume_ml[0] || String(ANY_ML),
    reach_km: String(reach_km),
  };
}

/** What is asked for and to be without at once. @param {Fields} fields @returns {string[]} */
export const against = ({ must = [], avoid = [] }) => must.filter((code) => avoid.includes(code));
