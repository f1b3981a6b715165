/** Numbers as people type them, in any language's digits. */
import { volumeIn } from "./units.js";
import { tongue } from "./words.js";

/** Zero in the digits of Arabic, Persian, Devanagari, Bengali, and full width. */
const ZEROS = [..."٠۰०০０"].map((zero) => zero.codePointAt(0));

const latin = (text) =>
  text.replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0);
    const zero = ZEROS.find((each) => code >= each && code < each + 10);
    return zero ? String(code - zero) : digit;
  });

// Words and signs before and after it, but no other number and no minus.
const NUMBER = /^(?:[^\p{N}−-]*[^\p{N}.,٫−-])?([\d.,'’٬٫\s]*\d)[^\p{N}]*$/u;
const GROUPED = /^\d{1,3}([.,'’٬\s])\d{3}(?:\1\d{3})*$/;
// As in 1,00,000, where hundreds of thousands are counted.
const LAKHS = /^\d{1,2}(?:,\d{2})*,\d{3}$/;
const isEither = (body) => /^[1-9]\d{0,2}[.,]\d{3}$/.test(body);

/** Which mark of a number stands before its fraction; nothing where none does. */
function pointOf(body, decimal) {
  const marks = body.match(/[.,]/g) ?? [];
  const last = marks.at(-1);
  if (body.includes("٫")) return "٫";
  if (new Set(marks).size > 1) return last;
  return marks.length > 1 || (isEither(body) && last !== decimal) ? undefined : last;
}

/**
 * Read a number, in this order:
 *
 * 1. Digits of other scripts count as ours. Words may stand before and after it ("about 400",
 *    "400 oz"); a minus or a second number makes it none.
 * 2. Spaces, apostrophes and the Arabic ٬ only ever group, the Arabic ٫ is only ever the decimal.
 * 3. Where both "." and "," stand, the last one is the decimal: "1.000,5", "1,000.5".
 * 4. One that stands several times groups: "1.000.000".
 * 5. One that stands once, before exactly three digits, could be either ("1.500"): it is the
 *    decimal where `decimal` says so, else it groups; where `decimal` is empty it is none, since
 *    nobody can know. After a zero it is the decimal ("0,500").
 * 6. Any other that stands once is the decimal: "12,5", "1.25", ".5".
 *
 * What groups does so by three (or as in 1,00,000), and before the decimal alone.
 *
 * @param {string} text
 * @param {string} [decimal] the decimal of the browser's own number format; empty where the page's
 *   is another
 * @returns {number} NaN where there is none, or it could be read in more than one way
 */
export function readNumber(text, decimal = ".") {
  const body = NUMBER.exec(latin(text).trim())?.[1] ?? "";
  if (!decimal && isEither(body)) return NaN;
  const point = pointOf(body, decimal);
  const [whole, fraction = "", ...more] = point ? body.split(point) : [body];
  const counts = (whole || fraction) && /^\d*$/.test(fraction) && !more.length;
  if (!counts || ![/^\d*$/, GROUPED, LAKHS].some((form) => form.test(whole))) return NaN;
  return Number(`${whole.replace(/\D/g, "") || 0}.${fraction || 0}`);
}

/** The decimal of the browser's own number format. @returns {string} */
export function decimalMark(tag = globalThis.navigator?.language ?? tongue) {
  try {
    return new Intl.NumberFormat(tag).formatToParts(1.5)[1].value;
  } catch {
    // Where a system has no locale, WebKit's language is "C", which is no language tag.
    return ".";
  }
}

/**
 * A number as she types it here: by the browser's own format, and where the page is in a language
 * with another one, by neither.
 * @param {string} text
 * @returns {number} as readNumber()
 */
export function number(text) {
  const decimal = decimalMark();
  return readNumber(text, decimal === decimalMark(tongue) ? decimal : "");
}

/**
 * @param {string} text an amount in her units
 * @param {import("./units.js").Units} [units]
 * @returns {number} whole millilitres; NaN as number()
 */
export const toMl = (text, units) => Math.round(number(text) / volumeIn(1, units));
