/** All that is hers on this phone. Work that was set aside lies apart from it, in "aside". */
export const HERS = ["rows", "pushed", "outbox", "drafts", "meta"];

export const STORES = [...HERS, "aside"];

// What a browser throws when it has closed the database behind our back (iOS does, asleep).
const CLOSED = /^(InvalidState|Abort|Unknown)Error$/;

let opened;

/** What a request or a transaction comes to. */
const outcome = (target, good, bad) =>
  new Promise((resolve, reject) => {
    target[good] = () => resolve(target.result);
    target[bad] = () => reject(target.error ?? new DOMException("", "AbortError"));
  });

const answered = (request) => outcome(request, "onsuccess", "onerror");

/** A store whose methods answer with promises. */
const promised = (store) =>
  new Proxy(store, {
    get:
      (_, name) =>
      async (...values) =>
        answered(store[name](...values)),
  });

async function connect() {
  const request = indexedDB.open("milkwell", 1);
  // A later version adds its own step here, by oldVersion; this one never changes.
  request.onupgradeneeded = () => {
    for (const name of STORES) {
      request.result.createObjectStore(name, name === "outbox" ? { keyPath: "id" } : {});
    }
  };
  const db = await answered(request);
  db.onversionchange = db.onclose = close;
  return db;
}

function open() {
  opened ??= connect();
  opened.catch(close);
  return opened;
}

/** Let go of the connection; the next use opens another. */
export function close() {
  opened?.then((db) => db.close()).catch(() => {});
  opened = undefined;
}

/** @param {IDBTransactionMode} mode @param {IDBTransactionDurability} [durability] */
const within = (mode, durability) => (work) => {
  const attempt = async () => {
    const tx = (await open()).transaction(STORES, mode, { durability });
    const stores = Object.fromEntries(STORES.map((name) => [name, promised(tx.objectStore(name))]));
    try {
      return (await Promise.all([work(stores), outcome(tx, "oncomplete", "onabort")]))[0];
    } catch (error) {
      try {
        tx.abort();
      } catch {} // it had ended by itself
      throw error;
    }
  };
  return attempt().catch((error) => {
    if (!CLOSED.test(error.name)) throw error;
    close();
    return attempt();
  });
};

/**
 * @typedef {any} Stores all of them, by name, open in one transaction
 * @typedef {(stores: Stores) => Promise<any>} Work throws to undo it all. Where the connection is
 *   lost it runs a second time, even if the first was kept and only the word of it was lost; so
 *   to do it twice must come to the same as once
 * @typedef {(work: Work) => Promise<any>} Transaction
 */

/** Read in one transaction. @type {Transaction} */
export const reading = within("readonly");

/** Write in one transaction. @type {Transaction} */
export const writing = within("readwrite");

/** Write what can't be fetched again: on the disk when it resolves. @type {Transaction} */
export const writingForGood = within("readwrite", "strict");

/** All keys that begin with these parts. @param {(string | number)[]} parts */
export const under = (parts) => IDBKeyRange.bound(parts, [...parts, []]);

/** @param {string} name @returns {Promise<any>} what meta holds under this name */
export const recall = (name) => reading(({ meta }) => meta.get(name));

/** @param {string} name @param {any} value undefined forgets it */
export const remember = (name, value) => writing(({ meta }) => meta.put(value, name));

/**
 * This store's own name on the wire, made at first use and anew after each emptying.
 * @param {Stores} stores meta among them, to be written
 * @returns {Promise<string>}
 */
export async function deviceIn({ meta }) {
  const device = (await meta.get("device")) ?? crypto.randomUUID();
  await meta.put(device, "device");
  return device;
}
