/** What her calendar says of the milk in her offers, as the server marks it (milk/exposures.py). Pure. */
import { batchesIn } from "../batches.js";

const DAY_MS = 86_400_000;

/** As in milk/codes.py, in days: milk whose days nobody knows may be as old as it keeps (CDC). */
const KEEPS = { frozen: 365, refrigerated: 4, fresh: 4 / 24 };

/** @typedef {Record<string, string>} Entry an exposure's fields */
/** @typedef {Record<string, any>} Batch as batches.js reads it */

/** Whether its days are known. @param {Batch} batch */
export const isDated = ({ look, pumped_from, pumped_to }) => !look && pumped_from && pumped_to;

/**
 * Whether milk of a batch may have been pumped on these days.
 * @param {Entry} entry
 * @param {Batch} batch
 * @param {string} today ISO date
 */
export function meets({ from_on, to_on }, batch, today) {
  if (isDated(batch)) {
    return from_on <= batch.pumped_to && (!to_on || to_on >= batch.pumped_from);
  }
  const oldest = new Date(Date.parse(today) - KEEPS[batch.state] * DAY_MS).toISOString();
  return !to_on || to_on >= oldest.slice(0, 10);
}

/** The last day off each diet that counts for a batch: days off before pumping began do too. */
export function daysOff(batch, entries, today) {
  const ends = isDated(batch) && batch.pumped_to;
  const last = {};
  for (const { what, diet, from_on, to_on } of entries) {
    if (what !== "off_diet" || (ends && from_on > ends)) continue;
    const off = to_on && !(ends && ends < to_on) ? to_on : ends || today;
    if (!(last[diet] > off)) last[diet] = off;
  }
  return last;
}

/** All that is marked on a batch, as one text that two states of a calendar can be told apart by. */
function marked(batch, entries, today) {
  const met = entries.filter((each) => each.what !== "off_diet" && meets(each, batch, today));
  const off = Object.entries(daysOff(batch, entries, today)).sort();
  return JSON.stringify([[...new Set(met.map(({ what }) => what))].sort(), off]);
}

/**
 * Which of her offers hold milk of these days.
 * @param {Entry} entry
 * @param {any[]} offers rows
 * @param {string} today
 */
export const offersOf = (entry, offers, today) =>
  offers.filter(({ fields = {} }) => batchesIn(fields).some((batch) => meets(entry, batch, today)));

/**
 * Which of her offers are marked otherwise than before: families in conversation about them are told.
 * @param {any[]} offers rows
 * @param {Entry[]} before
 * @param {Entry[]} after
 * @param {string} today
 */
export const changedBy = (offers, before, after, today) =>
  offers.filter(({ fields = {} }) =>
    batchesIn(fields).some((batch) => marked(batch, before, today) !== marked(batch, after, today)),
  );

/**
 * The batches of an offer that her calendar marks, each with what marks it.
 * @param {Record<string, any>} fields the offer's, or a composer's
 * @param {Entry[]} entries
 * @param {string} today
 * @returns {{batch: Batch, entries: Entry[]}[]}
 */
export const marksOf = (fields, entries, today) =>
  batchesIn(fields)
    .map((batch) => ({ batch, entries: entries.filter((each) => meets(each, batch, today)) }))
    .filter((each) => each.entries[0]);
