import { allowAlerts, stopAlerts } from "../phone/index.js";

const ACTS = { allowAlerts, stopAlerts };

/**
 * Show how alerts truly stand on this phone, and what can be done: the shell has all the words.
 * @param {HTMLElement} panel
 * @param {string} state of alertsState()
 */
export function showAlerts(panel, state) {
  panel.hidden = false;
  for (const part of /** @type {NodeListOf<any>} */ (panel.querySelectorAll("[data-alerts]"))) {
    part.hidden = !part.dataset.alerts.split(" ").includes(state);
    part.onclick = ACTS[part.dataset.act];
  }
}
