/** Common sheets of labels, and which label of which bag stands where on them. Pure. */
import { codeOf, days } from "./bags.js";

/**
 * @typedef {object} Sheet all in millimetres
 * @property {[number, number]} paper
 * @property {[number, number]} grid columns and rows
 * @property {[number, number]} label width and height
 * @property {number} gap between columns; rows touch, and what is left is the same on both sides
 */

const LETTER = [215.9, 279.4];
const A4 = [210, 297];

/**
 * Sizes as Avery prints them on its templates: of 5160 (2 5/8 by 1 in, margins 3/16 and 1/2 in),
 * 5167 (1 3/4 by 1/2 in, 9/32 and 1/2 in), L7160 (63.5 by 38.1 mm, 7.2 and 15.1 mm) and L7651
 * (38.1 by 21.2 mm, 4.75 and 10.7 mm). Many other makers' sheets are cut alike.
 * @type {Record<string, Sheet>}
 */
export const SHEETS = /** @type {any} */ ({
  5160: { paper: LETTER, grid: [3, 10], label: [66.675, 25.4], gap: 3.175 },
  5167: { paper: LETTER, grid: [4, 20], label: [44.45, 12.7], gap: 7.9375 },
  L7160: { paper: A4, grid: [3, 7], label: [63.5, 38.1], gap: 2.54 },
  L7651: { paper: A4, grid: [5, 13], label: [38.1, 21.2], gap: 2.5 },
});

/** So many are printed at once: forty sheets of 30. */
export const MOST = 1200;

/**
 * @typedef {{id: string, volume_ml?: number, portions?: number, from?: string, to?: string}} Source
 *   a batch or a pumping: its milk in millilitres, in how many bags it is, and its days
 * @typedef {{code: string, when: string, ml: number, about: boolean}} Label ml is 0 where nobody
 *   said how much it is; `about` where it is the mean of several bags
 */

/** @param {Record<string, any>[]} batches @param {number} whole_ml of the offer @returns {Source[]} */
export const ofBatches = (batches, whole_ml) =>
  batches.map(({ id, volume_ml, portions, look, pumped_from, pumped_to }) => ({
    id,
    volume_ml: +(volume_ml ?? (batches.length > 1 ? 0 : whole_ml)),
    portions: +(portions ?? 0),
    from: look ? "" : pumped_from,
    to: pumped_to,
  }));

/** What is in her freezer, the newest first. @param {any[]} pumpings @returns {Source[]} */
export const ofPumpings = (pumpings, dayOf) =>
  pumpings
    .filter(({ gone }) => !gone)
    .sort((one, other) => other.fields.pumped_at.localeCompare(one.fields.pumped_at))
    .map(({ id, fields: { volume_ml, portions, pumped_at } }) => ({
      id,
      volume_ml: +volume_ml,
      portions: +(portions ?? 1),
      from: dayOf(pumped_at),
    }));

/**
 * A label for each bag.
 * @param {Source[]} sources
 * @returns {Label[]}
 */
export const labelsOf = (sources) =>
  sources.flatMap(({ id, volume_ml, portions, from, to }) =>
    Array.from({ length: portions }, (_, n) => ({
      code: portions > 1 ? `${codeOf(id)}-${n + 1}` : codeOf(id),
      when: from ? days(from, to || from) : "",
      ml: volume_ml / portions,
      about: portions > 1,
    })),
  );

/**
 * Labels page by page; null is one that was used before.
 * @param {Label[]} labels
 * @param {Sheet} sheet
 * @param {number} start the first free label of the first page, from 1
 * @returns {(Label | null)[][]}
 */
export function pages(labels, { grid: [columns, rows] }, start) {
  const all = [...Array(start - 1).fill(null), ...labels];
  const many = columns * rows;
  return Array.from({ length: Math.ceil(all.length / many) }, (_, n) =>
    all.slice(n * many, (n + 1) * many),
  );
}

/** A sheet as the values that print.css draws it by. @param {Sheet} sheet */
export const sizes = ({ paper, grid, label, gap }) => ({
  "--paper-w": paper[0],
  "--paper-h": paper[1],
  "--top": (paper[1] - grid[1] * label[1]) / 2,
  "--columns": grid[0],
  "--label-w": label[0],
  "--label-h": label[1],
  "--gap": gap,
});
