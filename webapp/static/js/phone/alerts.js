import { recall, remember } from "./database.js";
import { send } from "./exchange.js";
import { announce } from "./news.js";
import { current, unsubscribe } from "./subscription.js";

/**
 * iPhones and iPads give push only to an app on the home screen. Only they know `standalone`:
 * false in a browser's tab.
 */
export function mustInstall() {
  const { standalone, maxTouchPoints } = /** @type {any} */ (navigator);
  return standalone === false && maxTouchPoints > 0;
}

const possible = () => globalThis.PushManager && navigator.serviceWorker;

/**
 * The true state of alerts on this phone. "lost": she allowed them, and they don't reach here.
 * @returns {Promise<"unsupported" | "install_first" | "blocked" | "off" | "on" | "lost">}
 */
export async function alertsState() {
  if (mustInstall()) return "install_first";
  if (!possible()) return "unsupported";
  const { permission } = Notification;
  if (permission === "denied") return "blocked";
  const wanted = await recall("alerts");
  if (!wanted || permission !== "granted") return "off";
  const held = await current().catch(() => undefined);
  return held && held.endpoint === wanted.endpoint ? "on" : "lost";
}

/**
 * Turn alerts on. Call it from a tap, after saying why.
 * @returns {ReturnType<typeof alertsState>} the state it came to; "lost" is tried again later
 */
export async function allowAlerts() {
  if (possible() && (await Notification.requestPermission()) === "granted") {
    await remember("alerts", {});
    await mendAlerts(false).catch(() => {});
    announce();
  }
  return alertsState();
}

/** Turn alerts off, here and on the server. @returns {ReturnType<typeof alertsState>} */
export async function stopAlerts() {
  await remember("alerts", undefined);
  await Promise.allSettled([
    unsubscribe(),
    send(`/api/devices/${await recall("device")}`, undefined, "DELETE"),
  ]);
  announce();
  return alertsState();
}

/**
 * Mend alerts that she allowed and that were lost, without asking her. Call it where there is a
 * network, or what still works may be given up.
 */
export async function mendAlerts(mending = true) {
  if (!/^(on|lost)$/.test(await alertsState())) return;
  await (await import("./subscribing.js")).mend(await recall("alerts"), mending);
}
