/** Work of people on whose phone somebody else has signed in: unseen and unsent until they return. */
import { reading, writingForGood } from "./database.js";
import { announce } from "./news.js";
import { unfinished } from "./operations.js";

/** How much there is to be seen in what somebody left. */
export const manyIn = (work) => work.outbox.filter(unfinished).length + work.drafts.length;

/**
 * Somebody else has signed in here: seal what the first person has not sent, and begin anew.
 * @returns {Promise<boolean>} whether it could be
 */
export const setAside = () =>
  import("./aside.js")
    .then(({ setAside: set }) => set())
    .then(
      () => true,
      () => false,
    );

/** She is back, if anybody is: what she had left here is hers again. */
export async function bringBack() {
  const [some] = await reading(({ aside }) => aside.getAllKeys());
  if (some !== undefined) await (await import("./aside.js")).bringBack();
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
      if (many && owner !== (await meta.get("person"))) found.push({ owner, many });
    }
    return found;
  });

/** Throw away what somebody left here. @param {string} owner */
export async function dropApart(owner) {
  await writingForGood((stores) => stores.aside.delete(owner));
  announce();
}
