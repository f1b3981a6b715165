import { recall, remember } from "./database.js";
import { send } from "./exchange.js";
import { announce } from "./news.js";
import { current, limited, register, subscribe, unsubscribe } from "./subscription.js";

const DAY_MS = 86_400_000;

/** iPhones and iPads give push only to an app on the home screen. */
function mustInstall() {
  const { userAgent, maxTouchPoints, standalone } = /** @type {any} */ (navigator);
  const pad = userAgent.includes("Macintosh") && maxTouchPoints > 1;
  return (/iPhone|iPad|iPod/.test(userAgent) || pad) && !standalone;
}

/**
 * The true state of alerts on this phone. "lost": she allowed them, and they don't reach here.
 * @returns {Promise<"unsupported" | "install_first" | "blocked" | "off" | "on" | "lost">}
 */
export async function alertsState() {
  if (mustInstall()) return "install_first";
  if (!("PushManager" in globalThis && "Notification" in globalThis && navigator.serviceWorker)) {
    return "unsupported";
  }
  if (Notification.permission === "denied") return "blocked";
  const wanted = await recall("alerts");
  if (!wanted) return "off";
  const subscription = await current().catch(() => null);
  const whole = Notification.permission === "granted" && wanted.known && subscription;
  return whole && subscription.endpoint === wanted.endpoint ? "on" : "lost";
}

/**
 * Turn alerts on. Call it from a tap, after saying why.
 * @returns {ReturnType<typeof alertsState>} the state it came to; "lost" is tried again later
 */
export async function allowAlerts() {
  if (mustInstall() || !("Notification" in globalThis)) return alertsState();
  if ((await Notification.requestPermission()) === "granted") {
    await remember("alerts", { known: false });
    await subscribe()
      .then(register)
      .catch(() => {});
    announce();
  }
  return alertsState();
}

/** Turn alerts off, here and on the server. @returns {ReturnType<typeof alertsState>} */
export async function stopAlerts() {
  const device = await recall("device");
  await remember("alerts", undefined);
  await unsubscribe().catch(() => {});
  if (device) await send(`/api/devices/${device}`, undefined, "DELETE").catch(() => {});
  announce();
  return alertsState();
}

async function serverKnows() {
  const [device, response] = await Promise.all([
    recall("device"),
    send("/api/devices", undefined, "GET"),
  ]);
  const said = await response.json();
  const list = Array.isArray(said) ? said : said.devices;
  return list.some((each) => each.device === device && each.alerts);
}

/**
 * Mend alerts that she allowed and that were lost, without asking her: the browser's side on
 * each load, the server's once a day.
 */
export async function mendAlerts() {
  const wanted = await recall("alerts");
  if (!wanted || globalThis.Notification?.permission !== "granted") return;
  const fresh = Date.now() - (wanted.checked_at ?? 0) < DAY_MS;
  if ((await alertsState()) === "on" && (fresh || (await serverKnows()))) {
    if (!fresh) await remember("alerts", { ...wanted, checked_at: Date.now() });
    return;
  }
  await register((await limited(current())) ?? (await subscribe()));
  announce();
}
