/** What is in the freezer, by where it is and how old, and what stands in the way of it. Pure. */
import { isLive } from "./card-strip.js";
import { dayOf, keeps, monthOf } from "./freezer-keeping.js";

/** In the order in which milk has to go. */
export const STATES = ["fresh", "refrigerated", "frozen"];

/** @param {any[]} bags rows of pumpings @returns {number} */
export const total = (bags) => bags.reduce((sum, { fields }) => sum + Number(fields.volume_ml), 0);

const older = (one, other) =>
  Date.parse(one.fields.pumped_at) - Date.parse(other.fields.pumped_at) ||
  one.id.localeCompare(other.id);

/** Values by what `keyOf` says of each, in the order of the first. @returns {[string, any[]][]} */
export function grouped(values, keyOf) {
  const groups = new Map();
  for (const each of values) {
    const key = keyOf(each);
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups];
}

/**
 * All that is there, oldest first, by where it is and within a freezer by month.
 * @param {any[]} pumpings rows
 * @returns {{state: string, bags: any[], months: [string, any[]][]}[]} where there is something
 */
export function shelves(pumpings) {
  const there = pumpings.filter((row) => !row.gone).sort(older);
  return STATES.map((state) => {
    const bags = there.filter((row) => row.fields.state === state);
    return { state, bags, months: grouped(bags, (row) => monthOf(row.fields.pumped_at)) };
  }).filter(({ bags }) => bags[0]);
}

/**
 * What goes first: the oldest of what still keeps, and of that what keeps shortest.
 * @param {any[]} pumpings rows
 * @param {import("./freezer-keeping.js").Numbers} numbers
 * @param {number} now
 * @returns {any} a row; undefined where nothing keeps
 */
export function first(pumpings, numbers, now) {
  const until = ({ fields }) => keeps(fields, numbers).until;
  return pumpings
    .filter((row) => !row.gone && until(row) > now)
    .sort((one, other) => until(one) - until(other) || older(one, other))[0];
}

/**
 * What of her calendar meets the day of a pumping.
 * @param {import("./freezer-keeping.js").Fields} fields
 * @param {any[]} exposures rows of her calendar
 * @returns {[verdict: string, entry: Record<string, string>][]} "no" where it meets that day,
 *   "unknown" where nobody said when it ended
 */
export function inTheWay({ pumped_at }, exposures) {
  const day = dayOf(pumped_at);
  return exposures
    .map((row) => row.fields)
    .filter(({ from_on, to_on }) => from_on <= day && !(to_on < day))
    .map((entry) => [entry.to_on ? "no" : "unknown", entry]);
}

/**
 * The offer of hers that a pumping stands in, also one that isn't sent yet.
 * @param {any} row
 * @param {any[]} mine her listings
 */
export const offerOf = ({ id }, mine) =>
  mine.find(
    (listing) =>
      isLive(listing) &&
      Object.entries(listing.fields ?? {}).some(
        ([name, ids]) => /^batches-\d+-pumpings$/.test(name) && ids.includes(id),
      ),
  );
