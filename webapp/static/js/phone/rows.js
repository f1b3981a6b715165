import { taken } from "./beyond.js";
import { reading, under } from "./database.js";
import { overlay } from "./overlay.js";
import { asItStands } from "./status.js";

/** That milk isn't as it was is never older than what is held: it counts before any sync. */
function warned(row, alerted) {
  const { changed } = alerted.find(({ id }) => id === row.id) ?? {};
  return changed > (row.changed ?? "") ? { ...row, changed } : row;
}

/**
 * All rows of one noun, with what was done on this phone laid over them. `pushed` marks those
 * that only an alert has told of.
 * @param {string} noun
 * @returns {Promise<any[]>}
 */
export const rows = (noun) =>
  reading(async ({ rows: kept, pushed, outbox, meta }) => {
    const alerted = await pushed.getAll(under([noun]));
    // The nearest source last, so that it wins: what was pushed, what is near, and her own.
    const sources = alerted.map((each) => ({ ...each, pushed: true }));
    if (noun === "listing") sources.unshift(...taken());
    for (const scope of ["near", "me"]) {
      const { generation = 0 } = (await meta.get(scope)) ?? {};
      const held = await kept.getAll(under([scope, generation, noun]));
      sources.push(...held.map((row) => warned(row, alerted)));
    }
    return overlay(noun, sources, (await outbox.getAll()).map(asItStands));
  });

/**
 * @param {string} noun
 * @param {string} id
 * @returns {Promise<any>} the row, or undefined
 */
export const row = async (noun, id) => (await rows(noun)).find((each) => each.id === id);

/** @returns {Promise<any>} the person whose phone this is, or undefined */
export const me = async () => (await rows("person"))[0];
