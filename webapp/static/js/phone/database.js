/** All that is hers on this phone. Work that was set aside lies apart from it, in "aside". */
export const HERS = ["rows", "pushed", "outbox", "drafts", "meta"];

// What a browser throws when it has closed the database behind our back (iOS does, asleep).
const CLOSED = /^(InvalidState|Abort|Unknown)Error$/;

let opened;
let waking = Promise.resolve();
let wake = () => {};
const underWay = new Set();

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

/** Undo a transaction, unless it has ended by itself. @param {IDBTransaction} tx */
function undo(tx) {
  try {
    tx.abort();
  } catch {}
}

/** Every store of a transaction, by name. @param {IDBTransaction} tx */
const storesIn = (tx) =>
  Object.fromEntries(
    [...tx.objectStoreNames].map((name) => [name, promised(tx.objectStore(name))]),
  );

/**
 * Each makes a version of the database of the one before; one that was released never changes.
 * None takes a store away or rewrites what she did: an older page, still open, goes on with it.
 * @type {((db: IDBDatabase, stores: Stores) => any)[]}
 */
const STEPS = [
  (db) => {
    for (const name of [...HERS, "aside"]) {
      db.createObjectStore(name, name === "outbox" ? { keyPath: "id" } : {});
    }
  },
  // Rows are as the server told them long ago: all are asked for anew, and shown until then.
  async (_, { meta }) => {
    for (const name of ["me", "near"]) {
      const scope = await meta.get(name);
      if (scope) await meta.put({ ...scope, cursor: "" }, name);
    }
  },
];

/** @param {number} [version] none: as it is; rejects where there is none yet */
function ask(version) {
  const request = indexedDB.open("milkwell", version);
  request.onupgradeneeded = async ({ oldVersion }) => {
    const { result, transaction } = request;
    underWay.add(transaction);
    try {
      if (!version) throw new Error("no store yet");
      for (const step of STEPS.slice(oldVersion)) await step(result, storesIn(transaction));
    } catch (error) {
      console.error(error);
      undo(transaction);
    }
  };
  return answered(request);
}

/**
 * What a newer page has changed, and what this one failed to change, is used as it is: the
 * outbox is in it either way.
 */
async function connect() {
  await waking;
  const db = await ask(STEPS.length).catch(() => waking.then(() => ask()));
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

/**
 * The page is laid aside, and may be taken up again. WebKit lays it aside with its transactions
 * open, and every other page would wait for those until then: so they are undone here, and done
 * when it is taken up.
 */
export function layAside() {
  waking = new Promise((resolve) => {
    wake = resolve;
  });
  for (const tx of underWay) undo(tx);
  close();
}

/** The page is here again. */
export const takeUp = () => wake();

/**
 * @param {IDBTransactionMode} mode
 * @param {IDBTransactionDurability} durability
 * @param {Work} work
 */
async function once(mode, durability, work) {
  const db = await open();
  const tx = db.transaction([...db.objectStoreNames], mode, { durability });
  underWay.add(tx);
  try {
    return (await Promise.all([work(storesIn(tx)), outcome(tx, "oncomplete", "onabort")]))[0];
  } catch (error) {
    undo(tx);
    throw error;
  } finally {
    underWay.delete(tx);
  }
}

/** What is near can be fetched again; her own things and letters stay, and what she writes. */
async function makeRoom({ rows, pushed, meta }) {
  await rows.delete(under(["near"]));
  await pushed.clear();
  await meta.delete("near");
  await meta.put(Date.now(), "less");
}

/** @param {IDBTransactionMode} mode @param {IDBTransactionDurability} [durability] */
const within = (mode, durability) => (work) =>
  once(mode, durability, work).catch(async (error) => {
    if (error.name === "QuotaExceededError") await once("readwrite", "default", makeRoom);
    else if (CLOSED.test(error.name)) close();
    else throw error;
    return once(mode, durability, work);
  });

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
export const recall = (name) => reading((stores) => stores.meta.get(name));

/** @param {string} name @param {any} value undefined forgets it */
export const remember = (name, value) => writing((stores) => stores.meta.put(value, name));

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
