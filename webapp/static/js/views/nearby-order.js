/** What stands where in what is near. Pure. */
import { greatCircle } from "../distance.js";

/** A UUIDv7 sorts by its time, so of one day the later listing comes first. */
const newer = (one, other) =>
  other.fresh_on?.localeCompare(one.fresh_on ?? "") || other.id.localeCompare(one.id);

const byRank = (one, other) => one.rank - other.rank;

/** One match a listing: the best of those it has with hers. */
function best(matches) {
  const first = new Map();
  for (const match of [...matches].sort(byRank)) {
    if (!first.has(match.other)) first.set(match.other, match);
  }
  return [...first.values()];
}

/**
 * Her matches, those that fit before those that might.
 * @param {any[]} matches
 * @param {"offer" | "request"} kind of the others' listings
 * @returns {{whole: any[], unknown: any[]}}
 */
export function fitting(matches, kind) {
  const hers = best(matches.filter((match) => match.card?.kind === kind));
  return {
    whole: hers.filter(({ fit }) => fit === "whole"),
    unknown: hers.filter(({ fit }) => fit !== "whole"),
  };
}

/**
 * The others of one kind within her reach, without her own and without those that matched.
 * @param {any[]} listings
 * @param {any[]} matches
 * @param {any} person
 * @param {{kind: string, order: string}} choice order "nearest" or "newest"
 */
export function others(listings, matches, person, { kind, order }) {
  const matched = new Set(matches.map(({ other }) => other));
  const near = listings
    .filter((row) => row.kind === kind && !row.mine && !matched.has(row.id))
    .map((row) => ({ row, km: person.cell && row.cell ? greatCircle(person.cell, row.cell) : 0 }))
    .filter(({ km }) => km <= (person.reach_km ?? Number.POSITIVE_INFINITY));
  near.sort(
    (one, other) => (order === "nearest" && one.km - other.km) || newer(one.row, other.row),
  );
  return near.map(({ row }) => row);
}
