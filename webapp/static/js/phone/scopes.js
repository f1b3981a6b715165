import { under } from "./database.js";

/**
 * A scope's rows lie under [scope, generation, noun, id]. A reset fills another generation, and
 * its last page swaps that in, so that a view never sees half a list.
 *
 * @typedef {object} Scope what meta holds under the scope's name
 * @property {string} cursor
 * @property {number} generation shown
 * @property {number} [filling] the generation that a reset is filling
 *
 * @typedef {object} Page
 * @property {string} [cursor]
 * @property {boolean} [reset] this page begins anew; those that follow it go on
 * @property {boolean} [more] another follows
 * @property {Record<string, any[]>} [put] rows by noun
 * @property {Record<string, string[]>} [del] ids by noun
 */

export const SCOPES = ["me", "near"];

/** How far a scope has come; a scope that has nothing yet asks with an empty cursor. */
export const cursorIn = (scope) => scope?.cursor ?? "";

const clear = (rows, name, generation) => rows.delete(under([name, generation]));

const flat = (lists = {}) =>
  Object.entries(lists).flatMap(([noun, list]) => list.map((item) => [noun, item]));

/** Put rows into a generation. @param {any} rows @param {Record<string, any[]>} [lists] */
export const put = (rows, name, generation, lists) =>
  Promise.all(
    flat(lists).map(async ([noun, row]) => rows.put(row, [name, generation, noun, row.id])),
  );

const remove = (rows, name, generation, lists) =>
  Promise.all(flat(lists).map(async ([noun, id]) => rows.delete([name, generation, noun, id])));

/** The generation that a page belongs in; the first of an empty store is shown as it comes. */
async function target(rows, name, before, reset) {
  const { generation = 0, filling = generation } = before ?? {};
  if (!reset || !before) return filling;
  if (filling !== generation) await clear(rows, name, filling);
  return generation + 1;
}

/**
 * Lay a page in, and swap the generation with the last one. A scope left out of an answer has
 * not changed: if it was being filled, it is full.
 * @param {import("./database.js").Stores} stores
 * @param {string} name
 * @param {Page} [page]
 * @returns {Promise<boolean>} whether a new generation replaced an older one
 */
export async function lay({ meta, rows }, name, page) {
  const before = await meta.get(name);
  const generation = before?.generation ?? 0;
  const filling = await target(rows, name, before, page?.reset);
  if (!page && filling === generation) return false;
  await put(rows, name, filling, page?.put);
  await remove(rows, name, filling, page?.del);
  const cursor = page?.cursor ?? before.cursor;
  const swap = !page?.more && filling !== generation;
  if (swap) await clear(rows, name, generation);
  await meta.put({ cursor, generation: swap ? filling : generation, filling }, name);
  return swap;
}
