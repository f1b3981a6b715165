/** Whole stores of the phone as JSON, so that those of earlier versions can be opened again. */
import { readdirSync, readFileSync } from "node:fs";

/** @param {IDBRequest} request */
export const answered = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** @typedef {{version: number, stores: Record<string, {keyPath: any, entries: any[][]}>}} Kept */

/** All that the phone's database holds, whatever its version. @returns {Promise<Kept>} */
export async function dump() {
  const db = await answered(indexedDB.open("milkwell"));
  const names = [...db.objectStoreNames];
  const tx = db.transaction(names);
  const stores = {};
  for (const name of names) {
    const store = tx.objectStore(name);
    const [keys, values] = [await answered(store.getAllKeys()), await answered(store.getAll())];
    stores[name] = { keyPath: store.keyPath, entries: keys.map((key, n) => [key, values[n]]) };
  }
  const { version } = db;
  db.close();
  return JSON.parse(JSON.stringify({ version, stores }));
}

/** A phone that holds just this. The database must not be there yet. @param {Kept} kept */
export async function fill({ version, stores }) {
  const request = indexedDB.open("milkwell", version);
  request.onupgradeneeded = () => {
    for (const [name, { keyPath, entries }] of Object.entries(stores)) {
      const store = request.result.createObjectStore(name, { keyPath });
      for (const [key, value] of entries) store.put(value, ...(keyPath ? [] : [key]));
    }
  };
  (await answered(request)).close();
}

const folder = new URL("./", import.meta.url);

/** Every version's store that is kept here, the oldest first. @returns {Kept[]} */
export const earlier = () =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .map((name) => JSON.parse(readFileSync(new URL(name, folder), "utf8")))
    .sort((one, other) => one.version - other.version);
