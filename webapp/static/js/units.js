/** Amounts and distances: kept in millilitres and kilometres, said in hers. */
import { spoken } from "./dates.js";

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
 * Read a number as people type it: "1,500", "12.5", "12,5", "400 oz".
 * @param {string} text
 * @returns {number} NaN where there is none
 */
export function number(text) {
  const digits = /^[^-−\d]*(\d[\d.,\s]*)/.exec(text)?.[1].replace(/\s/g, "");
  const grouped = /^\d{1,3}([.,]\d{3})+$/.test(digits);
  return Number(grouped ? digits.replace(/[.,]/g, "") : digits?.replace(",", "."));
}

/**
 * @param {string} text an amount in her units
 * @param {Units} [units]
 * @returns {number} whole millilitres; NaN where there is no number
 */
export const toMl = (text, units = "ml") => Math.round(number(text) * HERS[units][0]);

/**
 * @param {number} km
 * @param {Units} [units]
 * @param {boolean} [long] "6 miles" instead of "6 mi"
 */
export const distance = (km, units = "ml", long = false) =>
  say(Math.round(km / HERS[units][1]), HERS[units][3], long ? "long" : "short");
