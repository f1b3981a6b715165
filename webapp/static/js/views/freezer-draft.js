/** Milk of her freezer as the draft of an offer: bags that are alike are one batch. Pure. */
import { dayOf, frozenWithin, monthOf } from "./freezer-keeping.js";
import { grouped, total } from "./freezer-shelf.js";

/** As many batches as an offer holds (milk/batches.py). */
export const MOST_BATCHES = 24;
/** So many months are put together where there are more; milk keeps for twelve. */
const SPANS = [1, 2, 3, 6, 12, 1200];

const SAID = ["state", "storage", "container", "treatment", "stage", "thawed", "power_loss"];

const said = (fields) => ({
  ...Object.fromEntries(SAID.map((name) => [name, fields[name] ?? ""])),
  labelled: fields.labelled ?? "",
  frozen_within: frozenWithin(fields),
});

/** Which so many months an instant lies in. */
function spanOf(instant, months) {
  const [year, month] = monthOf(instant).split("-").map(Number);
  return Math.floor((year * 12 + month - 1) / months);
}

/** Bags that are alike, and were pumped in the same so many months. */
const alike = (bags, months) =>
  grouped(bags, ({ fields }) =>
    JSON.stringify([said(fields), spanOf(fields.pumped_at, months)]),
  ).map(([, group]) => group);

function batch(bags) {
  const days = bags.map(({ fields }) => dayOf(fields.pumped_at)).sort();
  const portions = bags.reduce((sum, { fields }) => sum + Number(fields.portions ?? 1), 0);
  return {
    ...said(bags[0].fields),
    pumped_from: days[0],
    pumped_to: days.at(-1),
    volume_ml: String(total(bags)),
    portions: String(portions),
    pumpings: bags.map(({ id }) => id),
  };
}

/**
 * The batches that these bags make: one a month of those that are alike, or one every so many
 * months where an offer would hold too many.
 * @param {any[]} bags rows of pumpings
 * @returns {{batches: any[], months: number}} `batches` is empty where even years would be too many
 */
export function batchesOf(bags) {
  for (const months of SPANS) {
    const groups = alike(bags, months);
    if (groups.length <= MOST_BATCHES) return { batches: groups.map(batch), months };
  }
  return { batches: [], months: 0 };
}

/**
 * What the composer of an offer begins with.
 * @param {any[]} batches of batchesOf()
 * @param {() => string} newId
 * @returns {Record<string, string | string[]>} flat, by the form's names; what is empty is left out
 */
export function draftOf(batches, newId) {
  const volume = batches.reduce((sum, { volume_ml }) => sum + Number(volume_ml), 0);
  const flat = batches.flatMap((each, n) =>
    Object.entries({ id: newId(), ...each })
      .filter(([, value]) => value.length)
      .map(([name, value]) => [`batches-${n}-${name}`, value]),
  );
  return { volume_ml: String(volume), ...Object.fromEntries(flat) };
}

/**
 * Her own draft with other milk in it: whatever else she had said stays.
 * @param {Record<string, any>} begun values of a draft
 * @param {Record<string, any>} milk of draftOf()
 */
export const withMilk = (begun, milk) => ({
  ...Object.fromEntries(
    Object.entries(begun).filter(([name]) => !/^(batches-|_?volume_ml$)/.test(name)),
  ),
  ...milk,
});
