// One step a version; a step that has been released is never changed.
const STEPS = [
  (db) => {
    for (const name of ["rows", "pushed", "drafts", "meta", "aside"]) db.createObjectStore(name);
    db.createObjectStore("outbox", { keyPath: "id" });
  },
];

// What a browser throws when it has closed the database behind our back (iOS does, asleep).
const CLOSED = ["InvalidStateError", "AbortError", "UnknownError"];

let opened;

const answered = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const ended = (tx) =>
  new Promise((resolve, reject) => {
    tx.oncomplete = resolve;
    tx.onabort = () => reject(tx.error ?? new DOMException("", "AbortError"));
  });

/** A store whose methods answer with promises. */
const promised = (store) =>
  new Proxy(store, {
    get:
      (_, name) =>
      async (...values) =>
        answered(store[name](...values)),
  });

async function connect() {
  const request = indexedDB.open("milkwell", STEPS.length);
  request.onupgradeneeded = ({ oldVersion }) => {
    for (const step of STEPS.slice(oldVersion)) step(request.result);
  };
  const db = await answered(request);
  db.onversionchange = close;
  db.onclose = close;
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

async function attempt(mode, names, work, durability) {
  const tx = (await open()).transaction(names, mode, { durability });
  const stores = Object.fromEntries(names.map((name) => [name, promised(tx.objectStore(name))]));
  try {
    return (await Promise.all([work(stores), ended(tx)]))[0];
  } catch (error) {
    try {
      tx.abort();
    } catch {} // it had ended by itself
    throw error;
  }
}

async function twice(...attempted) {
  try {
    return await attempt(...attempted);
  } catch (error) {
    if (!CLOSED.includes(error.name)) throw error;
    close();
    return attempt(...attempted);
  }
}

/**
 * @typedef {any} Stores the named ones, by name, open in one transaction
 * @typedef {(stores: Stores) => Promise<any>} Work throws to undo it all; may be run a second
 *   time, since the connection may get lost
 */

/** Read in one transaction. @param {string[]} names @param {Work} work */
export const reading = (names, work) => twice("readonly", names, work);

/** Write in one transaction. @param {string[]} names @param {Work} work */
export const writing = (names, work) => twice("readwrite", names, work);

/** Write what can't be fetched again: on the disk when it resolves. */
export const writingForGood = (names, work) => twice("readwrite", names, work, "strict");

/** All keys that begin with these parts. @param {(string | number)[]} parts */
export const under = (parts) => IDBKeyRange.bound(parts, [...parts, []]);

/** @param {string} name @returns {Promise<any>} what meta holds under this name */
export const recall = (name) => reading(["meta"], ({ meta }) => meta.get(name));

/** @param {string} name @param {any} value undefined forgets it */
export const remember = (name, value) =>
  writing(["meta"], ({ meta }) =>
    value === undefined ? meta.delete(name) : meta.put(value, name),
  );

/**
 * This store's own name on the wire, made at first use and anew after each emptying.
 * @param {Stores} stores meta among them, to be written
 * @returns {Promise<string>}
 */
export async function deviceIn({ meta }) {
  const known = await meta.get("device");
  const device = known ?? crypto.randomUUID();
  if (!known) await meta.put(device, "device");
  return device;
}
