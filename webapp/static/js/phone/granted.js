import { reading, under, writing } from "./database.js";
import { announce } from "./news.js";

/** So long what another granted is kept without word from the server that it still is. */
const LONGEST_MS = 7 * 86_400_000;
/** By so much a clock may be put right without being taken for one that was set back. */
const LEEWAY_MS = 600_000;

/** Conversations in which the other shows something, by their keys. */
async function granted({ meta, rows }) {
  const { generation = 0, filling = generation } = (await meta.get("me")) ?? {};
  const found = [];
  for (const each of new Set([generation, filling])) {
    const kept = await rows.getAll(under(["me", each, "conversation"]));
    for (const row of kept) {
      if (row.screening) found.push([["me", each, "conversation", row.id], row]);
    }
  }
  return found;
}

/**
 * Let go of what others granted where it can't be known any more that they still do: seven days
 * after the last answer by this phone's own clock, or at once where that clock goes back behind
 * what it has shown since. It all is asked for anew at the next sync.
 * @param {number} [now] epoch milliseconds
 */
export async function letGo(now = Date.now()) {
  if (!(await reading(granted))[0]) return;
  const gone = await writing(async (stores) => {
    const { meta, rows } = stores;
    const synced_at = await meta.get("synced_at");
    const clock = await meta.get("clock");
    const begun = Date.parse(synced_at);
    const latest = clock?.synced_at === synced_at ? clock.at : begun;
    if (now > latest - LEEWAY_MS && now - begun < LONGEST_MS) {
      await meta.put({ synced_at, at: Math.max(latest, now) }, "clock");
      return false;
    }
    for (const [key, { screening, ...row }] of await granted(stores)) await rows.put(row, key);
    await meta.put({ ...(await meta.get("me")), cursor: "" }, "me");
    return true;
  });
  if (gone) announce();
}
