import { allowAlerts, stopAlerts } from "../phone/index.js";
import { enable, reveal } from "./reveal.js";

const ACTS = { allowAlerts, stopAlerts };

/**
 * Show how alerts truly stand on this phone, and what can be done: macros/alerts.html.
 * @param {HTMLElement} panel
 * @param {string} state of alertsState()
 */
export function showAlerts(panel, state) {
  panel.hidden = false;
  reveal(panel, "alerts", state);
  enable(panel, ACTS);
}
