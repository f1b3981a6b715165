/** Amounts and distances: kept in millilitres and kilometres, said in hers. */
import { spoken } from "./dates.js";
import { _ } from "./words.js";

/** @typedef {"oz" | "ml"} Units "oz" is ounces and miles, "ml" millilitres and kilometres */

// What one of hers is in millilitres and kilometres: a US fluid ounce, the international mile.
/** @type {Record<Units, [number, number, string, string]>} */
const HERS = {
  oz: [29.5735, 1.609344, "ounce", "mile"],
  ml: [1, 1, "milliliter", "kilometer"],
};

/** @param {number} value @param {string} unit as Intl names it @param {string} [unitDisplay] */
export const say = (value, unit, unitDisplay = "short") =>
  spoken("NumberFormat", { style: "unit", unit, unitDisplay, maximumFractionDigits: 1 }).format(
    value,
  );

/** As people say it: half ounces up to ten, whole ones to a thousand, then tens. */
function rounded(value, units) {
  const whole = value < 1000 ? 5 : value < 10_000 ? 10 : 100;
  const step = units === "oz" ? (value < 10 ? 0.5 : value < 1000 ? 1 : 10) : value < 10 ? 1 : whole;
  return Math.round(value / step) * step || step;
}

/**
 * @param {number} ml
 * @param {Units} [units]
 * @returns {number} the same amount in her units, not rounded
 */
export const volumeIn = (ml, units = "ml") => ml / HERS[units][0];

/**
 * @param {number} ml
 * @param {Units} [units]
 * @returns {string} "400 oz" or "590 ml", rounded as people say it
 */
export function amount(ml, units = "ml") {
  // Everybody here writes "ml", as the buttons do; some regions' data say "mL".
  const said = ml ? rounded(volumeIn(ml, units), units) : 0;
  return say(said, HERS[units][2]).replace("mL", "ml");
}

/**
 * @param {number} part ml
 * @param {number} whole ml
 * @param {Units} [units]
 * @returns {string} "188 of 400 oz"
 */
export function amountOf(part, whole, units = "ml") {
  const number = spoken("NumberFormat", {}).format(rounded(volumeIn(part, units), units));
  return _("%(part)s of %(whole)s", { part: number, whole: amount(whole, units) });
}

/**
 * @param {number} km
 * @param {Units} [units]
 * @param {boolean} [long] "6 miles" instead of "6 mi"
 */
export const distance = (km, units = "ml", long = false) =>
  say(Math.round(km / HERS[units][1]), HERS[units][3], long ? "long" : "short");
