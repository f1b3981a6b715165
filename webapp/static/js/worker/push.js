import { reading, writing, writingForGood } from "../phone/database.js";
import { announce } from "../phone/news.js";
import { badge, unseen } from "../phone/seen.js";
import { sync } from "../phone/sync.js";
import { uuid7 } from "../phone/uuid.js";
import { shellOf } from "./shells.js";

const scope = /** @type {any} */ (self);

/** What was pushed. Safari hands over a notification it has made of the message by itself. */
function parse({ data, notification }) {
  try {
    return data.json().notification ?? {};
  } catch {
    return notification ?? {};
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
const neutral = () => ({ title: scope.MILKWELL.neutral, navigate: "/nearby" });

/** Whether this very telling stands on the lock screen already: a push may come twice. */
async function stands(tag, { made_at }) {
  const [before] = await scope.registration.getNotifications({ tag });
  return before?.data?.alert?.made_at === made_at;
}

async function show({ title, body, lang, dir, tag, navigate, silent, actions, data }) {
  const alert = data?.alert;
  // What takes the place of another under its tag makes no sound, unless it is asked to.
  const renotify = alert && !silent && !(await stands(tag, alert));
  const more = { renotify, data: { navigate, alert } };
  return scope.registration.showNotification(title, {
    ...{ body, lang, dir, tag, silent, actions },
    ...more,
  });
}

/**
 * Keep what a push brought, then show it. One is always shown: iOS ends the subscription of an
 * app that stays silent.
 * @param {any} event
 */
export async function pushed(event) {
  const said = parse(event);
  const mine = await keep(said.data ?? {}).catch(() => false);
  await show(mine && said.title ? said : neutral());
  if (!mine) return;
  announce();
  await badge((await reading(unseen)).length);
  await sync();
}

/** From now until her quiet hours end, by this phone's own clock. */
async function mute() {
  await writingForGood(async ({ meta, rows, outbox }) => {
    const row = await meta.get("person");
    const { generation } = await meta.get("me");
    const { quiet_until } = await rows.get(["me", generation, "person", row]);
    const until = new Date();
    const made_at = until.toISOString();
    until.setHours(quiet_until + (until.getHours() < quiet_until ? 0 : 24), 0, 0, 0);
    const id = uuid7((await outbox.getAllKeys()).at(-1));
    const fields = { until: until.toISOString() };
    await outbox.put({ id, kind: "person.mute", row, after: [], made_at, fields, state: "saved" });
  });
  announce();
  await sync(false);
  // Where the browser has Background Sync, it goes on when this was without a network.
  await scope.registration.sync?.register("outbox");
}

/** An address of this app, whatever the notification says. */
async function inApp(address) {
  const { origin } = scope.location;
  const url = new URL(address, origin);
  return url.origin === origin && (await shellOf(url.pathname)) ? url.href : `${origin}/nearby`;
}

/**
 * Open what a notification is about, in the open app where there is one; or do what she chose
 * beneath it.
 * @param {any} event
 */
export async function clicked({ notification, action }) {
  notification.close();
  if (action === "mute") return mute();
  const address = await inApp(notification.data?.navigate ?? notification.navigate);
  const [open] = await scope.clients.matchAll({ type: "window", includeUncontrolled: true });
  try {
    const focused = await open.focus();
    await focused.navigate(address);
  } catch {
    await scope.clients.openWindow(address); // none is open, or it isn't ours to steer
  }
}
