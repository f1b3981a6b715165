import { writing } from "../phone/database.js";
import { announce } from "../phone/news.js";
import { sync } from "../phone/sync.js";
import { shellOf } from "./shells.js";

const scope = /** @type {any} */ (self);

/** What was pushed. Safari hands over a notification it has made of the message by itself. */
function parse({ data, notification }) {
  try {
    const said = data.json();
    return { ...said, ...said.notification?.data };
  } catch {
    return { notification, ...notification?.data };
  }
}

/** @returns {Promise<boolean>} whether this store is the one that it was meant for */
function keep({ device, alert, match, conversation, message }) {
  return writing(async (stores) => {
    if (!device || (await stores.meta.get("device")) !== device) return false;
    const card = match?.card && { ...match.card, id: match.other };
    const said = { alert, match, conversation, message, listing: card };
    for (const [noun, row] of Object.entries(said)) {
      if (row) await stores.pushed.put(row, [noun, row.id]);
    }
    return true;
  });
}

/** Meant for somebody else, or not understood: it says no more than that there is something. */
const neutral = () => ({ title: scope.MILKWELL?.neutral ?? "Well", navigate: "/nearby" });

function show({ title, body, lang, dir, tag, navigate }) {
  const options = { body, lang, dir, tag, data: { navigate } };
  const said = Object.entries(options).filter(([, value]) => value !== undefined);
  return scope.registration.showNotification(title, Object.fromEntries(said));
}

/**
 * Keep what a push brought, then show it. One is always shown: iOS ends the subscription of an
 * app that stays silent.
 * @param {any} event
 */
export async function pushed(event) {
  const said = parse(event);
  const mine = await keep(said).catch(() => false);
  await show(mine && said.notification?.title ? said.notification : neutral());
  if (!mine) return;
  announce();
  await scope.navigator.setAppBadge?.().catch(() => {});
  await sync();
}

/** An address of this app, whatever the notification says. */
async function inApp(address) {
  const url = new URL(address ?? "/nearby", scope.location.origin);
  const known = url.origin === scope.location.origin && (await shellOf(url.pathname));
  return known ? url.href : new URL("/nearby", scope.location.origin).href;
}

/** Open what a notification is about, in the open app where there is one. @param {any} event */
export async function clicked({ notification }) {
  notification.close();
  const address = await inApp(notification.data?.navigate ?? notification.navigate);
  const [open] = await scope.clients.matchAll({ type: "window", includeUncontrolled: true });
  try {
    const focused = await open.focus();
    await focused.navigate(address);
  } catch {
    await scope.clients.openWindow(address); // none is open, or it isn't ours to steer
  }
}
