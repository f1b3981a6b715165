/** Work of people on whose phone somebody else has signed in: unseen and unsent until they return. */
import { reading, writingForGood } from "./database.js";
import { announce } from "./news.js";
import { unfinished } from "./operations.js";
import { seal, unseal } from "./seal.js";
import { empty } from "./session.js";
import { unsubscribe } from "./subscription.js";

/** Whose store this is, the key that the server gave her, and what she hasn't sent. */
async function belongings({ meta, rows, outbox, drafts }) {
  const { generation = 0 } = (await meta.get("me")) ?? {};
  const person = await meta.get("person");
  const work = {
    outbox: (await outbox.getAll()).filter(unfinished),
    drafts: await drafts.getAll(),
  };
  const row = person && (await rows.get(["me", generation, "person", person]));
  return { owner: person ?? (await meta.get("device")), key: row?.seal, work };
}

const manyIn = ({ outbox, drafts }) => outbox.length + drafts.length;

/** Somebody else has signed in here: seal what the first person has not sent, and begin anew. */
export async function setAside() {
  const { owner, key, work } = await reading(belongings);
  const many = manyIn(work);
  const apart = key && many ? { many, ...(await seal(key, work)) } : work;
  await empty(false, async (stores) => {
    const now = await belongings(stores);
    // Written while it was being sealed: it all is tried again.
    if (JSON.stringify(now.work) !== JSON.stringify(work)) throw new Error("not settled");
    const before = (await stores.aside.get(owner)) ?? [];
    if (many) await stores.aside.put([before, apart].flat(), owner);
  });
  unsubscribe().catch(() => {});
}

/** She is back: what she had left here is hers again. */
export async function bringBack() {
  const { owner, key, kept } = await reading(async (stores) => {
    const { owner = "", key } = await belongings(stores);
    return { owner, key, kept: await stores.aside.get(owner) };
  });
  if (!kept || (!key && [kept].flat().some(({ sealed }) => sealed))) return;
  const works = await Promise.all(
    [kept].flat().map((each) => (each.sealed ? unseal(key, each) : each)),
  );
  await writingForGood(async ({ aside, outbox, drafts, meta }) => {
    if ((await meta.get("person")) !== owner) return;
    for (const work of works) {
      for (const each of work.outbox) await outbox.put(each);
      for (const each of work.drafts) {
        if (!(await drafts.get(each.key))) await drafts.put(each, each.key);
      }
    }
    await aside.delete(owner);
  });
  announce();
}

/**
 * What others left here unsent.
 * @returns {Promise<{owner: string, many: number}[]>}
 */
export const apart = () =>
  reading(async ({ aside, meta }) => {
    const found = [];
    for (const owner of await aside.getAllKeys()) {
      const kept = [await aside.get(owner)].flat();
      const many = kept.reduce((sum, each) => sum + (each.many ?? manyIn(each)), 0);
      if (owner !== (await meta.get("person"))) found.push({ owner, many });
    }
    return found;
  });

/** Throw away what somebody left here. @param {string} owner */
export async function dropApart(owner) {
  await writingForGood(({ aside }) => aside.delete(owner));
  announce();
}
