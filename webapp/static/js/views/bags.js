/** What batches are called on paper, and when they were pumped. Pure. */
import { dates } from "../dates.js";

// No vowels, so that no word comes of it, and nothing that reads like something else.
const LETTERS = "23456789BCDFGHJKMNPQRSTVWXZ";

/**
 * A short name for a batch or a pumping, of the random end of its id: "K7Q-M3F". It says nothing
 * of anybody, and with 27 ** 6 of them two of one freezer hardly ever have the same.
 * @param {string} id a UUID
 */
export function codeOf(id) {
  let rest = Number.parseInt(id.slice(-12), 16);
  const code = Array.from({ length: 6 }, () => {
    const letter = LETTERS[rest % LETTERS.length];
    rest = Math.floor(rest / LETTERS.length);
    return letter;
  }).join("");
  return `${code.slice(0, 3)}-${code.slice(3)}`;
}

/** Those whose days nobody knows come first: they may be the oldest. @param {any[]} batches */
export const oldestFirst = (batches) =>
  [...batches].sort((one, other) => (one.pumped_from ?? "").localeCompare(other.pumped_from ?? ""));

/**
 * The days between two dates, with their year: what is printed is read long after.
 * @param {string} from an ISO date
 * @param {string} [to]
 */
export const days = (from, to = from) =>
  dates({ day: "numeric", year: "numeric" }).formatRange(new Date(from), new Date(to));
