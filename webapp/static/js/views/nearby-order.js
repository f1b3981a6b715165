/** What stands where in what is near. Pure. */
import { greatCircle } from "../distance.js";

/** A UUIDv7 sorts by its time, so of one day the later listing comes first. */
const newer = (one, other) =>
  other.fresh_on.localeCompare(one.fresh_on) || other.id.localeCompare(one.id);

/**
 * Her matches, those that fit and those that might, the best of those that a listing has.
 * @param {any[]} matches
 * @param {string} kind of the others' listings
 * @returns {[whole: any[], unknown: any[]]}
 */
export function fitting(matches, kind) {
  const best = matches
    .filter((match) => match.card?.kind === kind)
    .sort((one, other) => one.rank - other.rank)
    .filter((match, at, all) => all.findIndex((each) => each.other === match.other) === at);
  const open = ({ fit }) => fit === "unknown";
  return [best.filter((match) => !open(match)), best.filter(open)];
}

/**
 * Hers in a match: a listing, or a watch, which asks for the least that she wants to hear of.
 * @param {{mine: any[], watch?: any[]}} data of a view
 * @param {{mine: string}} [match]
 */
export function hers({ mine, watch = [] }, match) {
  const [row] = [...mine, ...watch].filter(({ id }) => id === match?.mine);
  return row && { volume_ml: +row.fields?.least_ml, ...row };
}

/**
 * The others of one kind within her reach, without her own and without those that matched.
 * @param {any[]} listings
 * @param {any[]} matches
 * @param {any} person
 * @param {string} kind
 * @param {unknown} [newest] anything but nothing; else the nearest first
 */
export function others(listings, matches, person, kind, newest) {
  const matched = new Set(matches.map((match) => match.other));
  // Once each: a sort of a thousand would ask for twenty thousand.
  const far = new Map();
  const km = ({ cell }) => (person.cell && cell ? greatCircle(person.cell, cell) : 0);
  return listings
    .filter((row) => row.kind === kind && !row.mine && !matched.has(row.id))
    .filter((row) => far.set(row, km(row)) && !(far.get(row) > person.reach_km))
    .sort((one, other) => (!newest && far.get(one) - far.get(other)) || newer(one, other));
}
