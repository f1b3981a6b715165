/** What can be made of an offer: the shell has the words. */
import { part } from "./reveal.js";

/** @param {string} id @param {boolean} [mine] */
export function ways(id, mine) {
  const box = part("ways");
  // Where it was just shared, there is none.
  if (!box) return;
  box.hidden = false;
  for (const each of box.children) {
    each.hidden = each.dataset.of === (mine ? "other" : "own");
    each.href = each.dataset.to.replace(":id", id);
  }
}
