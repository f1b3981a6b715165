import { html } from "lit-html";
import { allowAlerts, stopAlerts } from "../phone/index.js";
import { _ } from "../words.js";
import { button, line, section, strip } from "./states.js";

export const ALERTS = {
  why: line(
    "",
    _("Milkwell can tell you when something fits. The lock screen only says: Something near you."),
  ),
  allow: _("Allow alerts"),
};

const allow = button(ALERTS.allow, allowAlerts);

const STATES = {
  unsupported: ["", _("This browser can't be alerted. Milkwell tells you when you open it.")],
  install_first: [
    "",
    _(
      "On an iPhone or iPad, alerts reach apps on the home screen. Tap Share, choose Add to Home Screen, open Well from there, and come back here.",
    ),
  ],
  blocked: [
    "stop",
    _(
      "Alerts are blocked. Allow notifications in the browser's settings for this site, then load this page again.",
    ),
  ],
  off: ["", _("Alerts are off."), allow],
  on: ["sent", _("Alerts are on."), button(_("Stop alerts"), stopAlerts)],
  lost: [
    "wait",
    _("You allowed alerts, but they don't reach this phone. We try again by ourselves."),
    allow,
  ],
};

/** Why alerts, how they truly stand on this phone, and what can be done. @param {string} state */
export function alerts(state) {
  const [tone, text, deed] = STATES[state];
  const parts = [ALERTS.why, strip(tone, text), line("", deed)];
  return html`<div id="alerts">${section("panel", _("Alerts on this phone"), parts)}</div>`;
}
