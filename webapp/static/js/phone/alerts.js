import { recall, remember } from "./database.js";
import { send } from "./exchange.js";
import { announce } from "./news.js";
import { current, register, subscribe, unsubscribe } from "./subscription.js";

const DAY_MS = 86_400_000;

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
  const subscription = await current().catch(() => undefined);
  return subscription && subscription.endpoint === wanted.endpoint ? "on" : "lost";
}

/**
 * Turn alerts on. Call it from a tap, after saying why.
 * @returns {ReturnType<typeof alertsState>} the state it came to; "lost" is tried again later
 */
export async function allowAlerts() {
  if (possible() && (await Notification.requestPermission()) === "granted") {
    await remember("alerts", {});
    await subscribe()
      .then(register)
      .catch(() => {});
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
 * Mend alerts that she allowed and that were lost, without asking her: the browser's side on
 * each load, the server's by telling it again once a day.
 */
export async function mendAlerts() {
  const [state, wanted] = [await alertsState(), await recall("alerts")];
  const due = state === "on" && !(Date.now() - wanted.told_at < DAY_MS);
  if (!due && state !== "lost") return;
  await register((await current()) ?? (await subscribe()));
  announce();
}
