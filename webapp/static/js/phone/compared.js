/** Which offers she compares: kept on this phone alone, and gone with the rest of her things. */
import { recall, remember } from "./database.js";
import { announce } from "./news.js";

/** @returns {Promise<string[]>} ids, in the order in which she chose them */
export const compared = async () => (await recall("compared")) ?? [];

/** @param {string[]} ids */
export async function compare(ids) {
  await remember("compared", ids);
  announce();
}
