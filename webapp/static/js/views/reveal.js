/** Panels whose words the shell has. */
import { format } from "../words.js";

/** What a page has under this id. @param {string} id @returns {any} */
export const part = (id) => document.getElementById(id);

const parts = (panel, name) =>
  /** @type {NodeListOf<any>} */ (panel.querySelectorAll(`[data-${name}]`));

/**
 * Show those parts of a panel that name a state in data-<name>, and hide the others.
 * @param {HTMLElement} panel
 * @param {string} name
 * @param {string} state
 */
export function reveal(panel, name, state) {
  for (const each of parts(panel, name)) {
    each.hidden = !each.dataset[name].split(" ").includes(state);
  }
}

/**
 * Say values in the sentences of a panel: data-say="Written %(when)s".
 * @param {HTMLElement} panel
 * @param {import("../words.js").Values} values
 * @param {string} [name] where a part within another has its own: of data-<name>
 */
export function phrase(panel, values, name = "say") {
  for (const each of parts(panel, name)) each.textContent = format(each.dataset[name], values);
}

/**
 * Make the buttons of a panel do something: data-act="retry".
 * @param {HTMLElement} panel
 * @param {Record<string, () => unknown>} acts
 */
export function enable(panel, acts) {
  for (const each of parts(panel, "act")) each.onclick = acts[each.dataset.act];
}

/** A copy of what a shell's <template> holds. @param {string} id @returns {any} */
export const copied = (id) => part(id).content.firstElementChild.cloneNode(true);
