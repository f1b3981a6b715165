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
  const whole = (match) => match.fit === "whole";
  return [best.filter(whole), best.filter((match) => !whole(match))];
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
  const far = ({ cell }) => (person.cell && cell ? greatCircle(person.cell, cell) : 0);
  return listings
    .filter((row) => row.kind === kind && !row.mine && !(far(row) > person.reach_km))
    .filter((row) => !matches.some((match) => match.other === row.id))
    .sort((one, other) => (!newest && far(one) - far(other)) || newer(one, other));
}
