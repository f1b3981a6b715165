/**
 * What the milk must be, and what is only a wish. In the form a wish is marked beside what is asked;
 * on the wire its code stands in `nice` instead. Pure.
 */

/** @typedef {Record<string, string | string[]>} Fields */
/**
 * @typedef {{name: string, of: string, codes: string[]}} Wish what can be marked: `of` is the list
 *   whose codes it moves, or the field that it is about
 */

const list = (value) => [value ?? []].flat().filter(Boolean);
const AGE = "milk_age_months";

/** What one wish moves, of what is asked. @param {Fields} fields @param {Wish} wish */
const moved = (fields, { name, of, codes }) =>
  of === AGE ? list(fields[AGE] && name) : list(fields[of]).filter((code) => codes.includes(code));

/**
 * @param {Fields} fields as the form says them
 * @param {Wish[]} wished those that are marked
 * @returns {Fields} as the wire has them
 */
export function toWire(fields, wished) {
  const nice = wished.flatMap((wish) => moved(fields, wish)).sort();
  const left = { ...fields };
  for (const of of ["must", "avoid"]) {
    const gone = wished.filter((wish) => wish.of === of).flatMap((wish) => moved(fields, wish));
    const rest = list(fields[of]).filter((code) => !gone.includes(code));
    if (rest[0]) left[of] = rest;
    else delete left[of];
  }
  return nice[0] ? { ...left, nice } : left;
}

/**
 * @param {Fields} fields as the wire has them
 * @param {Wish[]} wishes all that the form can mark
 * @returns {Fields} as the form says them, with `_wish`
 */
export function toForm({ nice, ...fields }, wishes) {
  const codes = list(nice);
  const marked = wishes.filter((wish) => wish.codes.some((code) => codes.includes(code)));
  const asked = { ...fields, _wish: marked.map(({ name }) => name) };
  for (const wish of marked.filter(({ of }) => of !== AGE)) {
    const more = wish.codes.filter((code) => codes.includes(code));
    asked[wish.of] = [...new Set([...list(asked[wish.of]), ...more])].sort();
  }
  return asked;
}

/** What is asked for and to be without at once. @param {Fields} fields */
export const contradictions = ({ must, avoid }) =>
  list(must).filter((code) => list(avoid).includes(code));
