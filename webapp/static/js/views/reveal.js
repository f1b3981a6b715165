/**
 * Show those parts of a panel that name a state in data-<name>, and hide the others: the shell
 * has all the words.
 * @param {HTMLElement} panel
 * @param {string} name
 * @param {string} state
 */
export function reveal(panel, name, state) {
  for (const part of /** @type {NodeListOf<any>} */ (panel.querySelectorAll(`[data-${name}]`))) {
    part.hidden = !part.dataset[name].split(" ").includes(state);
  }
}
