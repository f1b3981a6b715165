/** Amounts and distances: kept in millilitres and kilometres, said in hers. */
import { locale } from "./dates.js";

/** @typedef {"oz" | "ml"} Units "oz" is ounces and miles, "ml" millilitres and kilometres */

// A US fluid ounce, and the international mile.
const ML_PER_OZ = 29.5735;
const KM_PER_MILE = 1.609344;

const forms = new Map();

/** One formatter a unit, however many cards there are. */
function say(value, unit, /** @type {"short" | "long"} */ unitDisplay = "short") {
  const key = unit + unitDisplay;
  /** @type {Intl.NumberFormatOptions} */
  const options = { style: "unit", unit, unitDisplay, maximumFractionDigits: 1 };
  if (!forms.has(key)) forms.set(key, new Intl.NumberFormat(locale, options));
  return forms.get(key).format(value);
}

const nearest = (step, value) => Math.round(value / step) * step;

/** As people say it: half ounces up to ten, whole ones to a thousand, then tens. */
function spoken(value, units) {
  if (units === "oz") return nearest(value < 10 ? 0.5 : value < 1000 ? 1 : 10, value) || 0.5;
  return nearest(value < 10 ? 1 : value < 1000 ? 5 : value < 10_000 ? 10 : 100, value);
}

/**
 * @param {number} ml
 * @param {Units} [units]
 * @returns {number} the same amount in her units, not rounded
 */
export const volumeIn = (ml, units = "ml") => (units === "oz" ? ml / ML_PER_OZ : ml);

/**
 * @param {number} ml
 * @param {Units} [units]
 * @returns {string} "400 oz" or "590 ml", rounded as people say it
 */
export function amount(ml, units = "ml") {
  // Everybody here writes "ml", as the buttons do; some regions' data say "mL".
  const said = ml ? spoken(volumeIn(ml, units), units) : 0;
  return say(said, units === "oz" ? "ounce" : "milliliter").replace("mL", "ml");
}

/**
 * Read a number as people type it: "1,500", "12.5", "12,5", "400 oz".
 * @param {string} text
 * @returns {number | undefined}
 */
export function number(text) {
  const digits = /\d[\d.,\s]*/.exec(text)?.[0].replace(/\s/g, "");
  if (!digits || /^\s*[-−]/.test(text)) return undefined;
  const grouped = /^\d{1,3}([.,]\d{3})+$/.test(digits);
  const value = Number(grouped ? digits.replace(/[.,]/g, "") : digits.replace(",", "."));
  return Number.isFinite(value) ? value : undefined;
}

/**
 * @param {string} text an amount in her units
 * @param {Units} [units]
 * @returns {number | undefined} whole millilitres; undefined where there is no number
 */
export function toMl(text, units = "ml") {
  const value = number(text);
  return value === undefined ? undefined : Math.round(units === "oz" ? value * ML_PER_OZ : value);
}

/**
 * @param {number} km
 * @param {Units} [units]
 * @param {boolean} [long] "6 miles" instead of "6 mi"
 */
export function distance(km, units = "ml", long = false) {
  const [value, unit] = units === "oz" ? [km / KM_PER_MILE, "mile"] : [km, "kilometer"];
  return say(Math.round(value), unit, long ? "long" : "short");
}

/**
 * @param {string} text a distance in her units
 * @param {Units} [units]
 * @returns {number | undefined} whole kilometres, at least 1; undefined where there is no number
 */
export function kmFrom(text, units = "ml") {
  const value = number(text);
  if (value === undefined) return undefined;
  return Math.max(1, Math.round(units === "oz" ? value * KM_PER_MILE : value));
}
