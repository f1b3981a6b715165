import { reading, under } from "./database.js";
import { overlay } from "./overlay.js";
import { asItStands } from "./status.js";

const READ = ["rows", "pushed", "outbox", "meta"];

const operationsIn = async ({ outbox }) => (await outbox.getAll()).map(asItStands);

async function ofScope({ meta, rows }, scope, path) {
  const { generation = 0 } = (await meta.get(scope)) ?? {};
  return rows.getAll(under([scope, generation, ...path]));
}

/** The nearest source last, so that it wins: her own, then what is near, then what was pushed. */
async function known(stores, ...path) {
  const sources = await Promise.all([
    stores.pushed.getAll(under(path)),
    ofScope(stores, "near", path),
    ofScope(stores, "me", path),
  ]);
  return [...new Map(sources.flat().map((row) => [row.id, row])).values()];
}

/**
 * All rows of one noun, with what was done on this phone laid over them.
 * @param {string} noun
 * @returns {Promise<any[]>}
 */
export function rows(noun) {
  return reading(READ, async (stores) =>
    overlay(noun, await known(stores, noun), await operationsIn(stores)),
  );
}

/** A listing beyond what `near` holds is still known by the card of its match. */
async function cardOf(stores, id) {
  const match = (await known(stores, "match")).find(({ other }) => other === id);
  return match?.card ? [{ ...match.card, id }] : [];
}

/**
 * @param {string} noun
 * @param {string} id
 * @returns {Promise<any>} the row, or undefined
 */
export function row(noun, id) {
  return reading(READ, async (stores) => {
    const operations = (await operationsIn(stores)).filter((each) => each.row === id);
    let found = await known(stores, noun, id);
    if (!found.length && noun === "listing") found = await cardOf(stores, id);
    return overlay(noun, found, operations)[0];
  });
}

/** @returns {Promise<any>} the person whose phone this is, or undefined */
export async function me() {
  return (await rows("person"))[0];
}
