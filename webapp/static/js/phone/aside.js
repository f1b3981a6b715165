/** Setting apart what somebody left here, and bringing it back: a page loads it when that happens. */
import { manyIn } from "./apart.js";
import { reading, writingForGood } from "./database.js";
import { announce } from "./news.js";
import { sentAgain } from "./operations.js";
import { seal, unseal } from "./seal.js";
import { empty } from "./session.js";
import { unsubscribe } from "./subscription.js";

/**
 * Whose store this is, the key that the server gave her, and what she had left. Her work is what
 * she hasn't sent, and what she has: a server restored from a backup may have lost it meanwhile.
 */
async function belongings({ meta, rows, outbox, drafts, aside }) {
  const { generation = 0 } = (await meta.get("me")) ?? {};
  const person = (await meta.get("person")) ?? "";
  const owner = person || ((await meta.get("device")) ?? "");
  return {
    owner,
    key: (await rows.get(["me", generation, "person", person]))?.seal,
    kept: [(await aside.get(owner)) ?? []].flat(),
    work: { outbox: await outbox.getAll(), drafts: await drafts.getAll() },
  };
}

/** Somebody else has signed in here: seal what the first person has not sent, and begin anew. */
export async function setAside() {
  const { owner, key, work } = await reading(belongings);
  const many = manyIn(work);
  const some = work.outbox.length + work.drafts.length;
  const closed = key ? await seal(key, work) : work;
  await empty(false, async (stores) => {
    const now = await belongings(stores);
    // Written while it was being sealed: it all is tried again.
    if (JSON.stringify(now.work) !== JSON.stringify(work)) throw new Error("not settled");
    if (some) await stores.aside.put([...now.kept, { many, ...closed }], owner);
  });
  unsubscribe().catch(() => {});
}

/** She is back: what she had left here is hers again. */
export async function bringBack() {
  const { owner, key, kept } = await reading(belongings);
  if (!kept[0] || (!key && kept.some((each) => each.sealed))) return;
  const works = await Promise.all(kept.map((each) => (each.sealed ? unseal(key, each) : each)));
  await writingForGood(async ({ aside, outbox, drafts, meta }) => {
    if ((await meta.get("person")) !== owner) return;
    for (const work of works) {
      for (const each of work.outbox) await outbox.put(sentAgain(each));
      for (const each of work.drafts) {
        if (!(await drafts.get(each.key))) await drafts.put(each, each.key);
      }
    }
    await aside.delete(owner);
  });
  announce();
}
