/** What really lies on a phone, read beside its pages. */

const answered = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** A text of everything, sealed bytes as they are. */
export const textOf = (things) =>
  JSON.stringify(things, (_, value) => {
    if (value instanceof ArrayBuffer) return Buffer.from(value).toString("latin1");
    if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer).toString("latin1");
    return value instanceof Map ? [...value] : value;
  });

/**
 * @param {any} phone
 * @returns {Promise<{rows: Map<any, any>, outbox: any[], drafts: any[], pushed: any[], meta: any,
 *   aside: Map<string, any>}>}
 */
export async function dump(phone) {
  const empty = { rows: new Map(), outbox: [], drafts: [], pushed: [], meta: {}, aside: new Map() };
  const known = await phone.storage.databases();
  if (!known.length) return empty;
  const database = await answered(phone.storage.open("milkwell"));
  const tx = database.transaction([...database.objectStoreNames]);
  const all = async (name) => {
    const store = tx.objectStore(name);
    const [keys, values] = await Promise.all([
      answered(store.getAllKeys()),
      answered(store.getAll()),
    ]);
    return keys.map((key, number) => [key, values[number]]);
  };
  const [rows, outbox, drafts, pushed, meta, aside] = await Promise.all(
    ["rows", "outbox", "drafts", "pushed", "meta", "aside"].map(all),
  );
  database.close();
  const values = (pairs) => pairs.map(([, value]) => value);
  return {
    rows: new Map(rows),
    outbox: values(outbox),
    drafts: values(drafts),
    pushed: values(pushed),
    meta: Object.fromEntries(meta),
    aside: new Map(aside),
  };
}
