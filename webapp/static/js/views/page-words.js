/** What only one page says: its shell has the words, so that no other page carries them. */
import { format } from "../words.js";
import { part } from "./reveal.js";

/** @param {string} name @param {import("../words.js").Values} [values] */
export const word = (name, values = {}) =>
  format(part("parts").querySelector(`[data-word="${name}"]`).textContent, values);
