/** Panels whose words the shell has. */
import { format } from "../words.js";

const parts = (panel, name) =>
  /** @type {NodeListOf<any>} */ (panel.querySelectorAll(`[data-${name}]`));

/**
 * Show those parts of a panel that name a state in data-<name>, and hide the others.
 * @param {HTMLElement} panel
 * @param {string} name
 * @param {string} state
 */
export function reveal(panel, name, state) {
  for (const part of parts(panel, name)) {
    part.hidden = !part.dataset[name].split(" ").includes(state);
  }
}

/**
 * Say values in the sentences of a panel: data-say="Written %(when)s".
 * @param {HTMLElement} panel
 * @param {import("../words.js").Values} values
 * @param {string} [name] where a part within another has its own: of data-<name>
 */
export function phrase(panel, values, name = "say") {
  for (const part of parts(panel, name)) part.textContent = format(part.dataset[name], values);
}

/**
 * Make the buttons of a panel do something: data-act="retry".
 * @param {HTMLElement} panel
 * @param {Record<string, () => unknown>} acts
 */
export function enable(panel, acts) {
  for (const part of parts(panel, "act")) part.onclick = acts[part.dataset.act];
}

/** A copy of what a shell's <template> holds. @param {string} id @returns {any} */
export const copied = (id) =>
  /** @type {any} */ (document.getElementById(id)).content.firstElementChild.cloneNode(true);
