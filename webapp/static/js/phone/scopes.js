import { deviceIn, under } from "./database.js";

/**
 * A scope's rows lie under [scope, generation, noun, id]. A reset fills another generation, and
 * its last page swaps that in, so that a view never sees half a list.
 *
 * @typedef {object} Scope what meta holds under the scope's name
 * @property {string} cursor
 * @property {number} generation shown
 * @property {number} [filling] the generation that a reset is filling
 * @property {number} [had] rows that came while there were more to come
 * @property {number} [left] rows still to come
 *
 * @typedef {object} Page
 * @property {string} [cursor]
 * @property {boolean} [reset] this page begins anew; those that follow it go on
 * @property {boolean} [more] another follows
 * @property {number} [left] rows that follow, while a scope is filled anew
 * @property {Record<string, any[]>} [put] rows by noun
 * @property {Record<string, string[]>} [del] ids by noun
 */

/**
 * Which store this is and how far it has come; a scope that has nothing yet has no cursor.
 * @param {import("./database.js").Stores} stores
 * @returns {Promise<{device: string, cursors: Record<string, string>}>}
 */
export async function standing({ meta }) {
  const cursors = {};
  for (const name of await asked(meta)) cursors[name] = (await meta.get(name))?.cursor ?? "";
  return { device: await deviceIn({ meta }), cursors };
}

/** Short of space, for a day a phone keeps what is her own alone. */
const LESS_MS = 86_400_000;

const asked = async (meta) =>
  Date.now() - (await meta.get("less")) < LESS_MS ? ["me"] : ["me", "near"];

/**
 * How far the scopes are that are being filled.
 * @param {import("./database.js").Stores} stores
 * @returns {Promise<Partial<import("./status.js").Status>>}
 */
export async function filling({ meta }) {
  const scopes = await Promise.all(["me", "near"].map((name) => meta.get(name)));
  const sum = (name) => scopes.reduce((total, scope) => total + (scope?.[name] ?? 0), 0);
  const left = sum("left");
  return {
    ...(left && { filling: { had: sum("had"), left } }),
    ...((await asked(meta)).length < 2 && { nearLess: true }),
  };
}

const clear = (rows, name, generation) => rows.delete(under([name, generation]));

/** Do something to each of some lists by noun. */
const each = (lists, work) =>
  Promise.all(
    Object.entries(lists ?? {}).flatMap(([noun, list]) => list.map((item) => work(noun, item))),
  );

/** Put rows into a generation. @param {any} rows @param {Record<string, any[]>} [lists] */
export const put = (rows, name, generation, lists) =>
  each(lists, (noun, row) => rows.put(row, [name, generation, noun, row.id]));

/**
 * Lay a page in, and swap the generation with the last one. A scope left out of an answer has
 * not changed: if it was being filled, it is full. The first of an empty store shows as it comes.
 * @param {import("./database.js").Stores} stores
 * @param {string} name
 * @param {Page} [page]
 * @returns {Promise<boolean>} whether a new generation replaced an older one
 */
export async function lay({ meta, rows }, name, page = {}) {
  const before = await meta.get(name);
  let { generation = 0, filling = generation, had = 0 } = before ?? {};
  if (page.reset && before) {
    filling = generation + 1;
    await clear(rows, name, filling);
    had = 0;
  }
  await put(rows, name, filling, page.put);
  await each(page.del, (noun, id) => rows.delete([name, filling, noun, id]));
  const swap = !page.more && filling !== generation;
  if (swap) {
    await clear(rows, name, generation);
    generation = filling;
  }
  const { cursor = before?.cursor, left } = page;
  had = left && had + Object.values(page.put ?? {}).flat().length;
  if (cursor) await meta.put({ cursor, generation, filling, had, left }, name);
  return swap;
}
