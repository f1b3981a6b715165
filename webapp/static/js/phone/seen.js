/** What she sees here is told to no other phone of hers, and stands on no lock screen any more. */
import { under } from "./database.js";
import { registration } from "./subscription.js";

/** Where all that a kind of alert is about stands together. */
const SHELVES = { match: "/nearby", asking: "/nearby", right: "/mine" };

/** Where alerts are kept, by their keys: what a push brought counts as the newer. */
const kept = async ({ rows, pushed, meta }) => {
  const { generation = 0 } = (await meta.get("me")) ?? {};
  return [
    [rows, ["me", generation, "alert"]],
    [pushed, ["alert"]],
  ];
};

/**
 * Alerts about what she wasn't shown, as far as this phone knows.
 * @param {import("./database.js").Stores} stores
 * @returns {Promise<any[]>}
 */
export async function unseen(stores) {
  const all = new Map();
  for (const [store, key] of await kept(stores)) {
    for (const row of await store.getAll(under(key))) all.set(row.id, row);
  }
  return [...all.values()].filter(({ seen }) => !seen);
}

/** From now on it counts as seen here, until it is told again. */
async function mark(stores, id) {
  for (const [store, key] of await kept(stores)) {
    const row = await store.get([...key, id]);
    if (row) await store.put({ ...row, seen: true }, [...key, id]);
  }
}

/** How many things she hasn't seen stands on the app's icon. @param {number} many */
export const badge = (many) => /** @type {any} */ (navigator).setAppBadge?.(many).catch(() => {});

async function close(ids) {
  for (const each of (await (await registration())?.getNotifications?.()) ?? []) {
    if (ids.includes(each.data?.alert?.id)) each.close();
  }
}

/**
 * Which alerts are to be told to the server as seen: those about what this page shows while she
 * looks at it, and those that it didn't hear of yet.
 * @param {import("./database.js").Stores} stores to be written
 * @returns {Promise<string[] | undefined>}
 */
export async function see(stores) {
  const { pathname } = location;
  const shown = ({ kind, listing, conversation }) =>
    pathname === SHELVES[kind] || pathname.includes(conversation ?? listing);
  const left = await unseen(stores);
  const { hidden } = /** @type {any} */ (globalThis).document;
  const now = hidden ? [] : left.filter(shown).map(({ id }) => id);
  for (const id of now) await mark(stores, id);
  badge(left.length - now.length);
  if (now[0]) close(now).catch(() => {});
  const seen = [...((await stores.meta.get("seen")) ?? []), ...now].slice(-100);
  if (!seen[0]) return undefined;
  await stores.meta.put(seen, "seen");
  return seen;
}
