/** What somebody left unsent on a phone that changed hands, closed with a key that the server
 * gives to nobody but her. */

const ALGORITHM = "AES-GCM";

/** @param {string} key base64 @param {"encrypt" | "decrypt"} use */
const keyFor = (key, use) =>
  crypto.subtle.importKey(
    "raw",
    Uint8Array.from(atob(key), (letter) => letter.charCodeAt(0)),
    ALGORITHM,
    false,
    [use],
  );

/** @param {string} key @param {any} things what JSON can hold */
export async function seal(key, things) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(things));
  const sealed = await crypto.subtle.encrypt(
    { name: ALGORITHM, iv },
    await keyFor(key, "encrypt"),
    plain,
  );
  return { iv, sealed };
}

/** @param {string} key @param {{iv: any, sealed: any}} closed @returns {Promise<any>} */
export async function unseal(key, { iv, sealed }) {
  const way = { name: ALGORITHM, iv };
  const plain = await crypto.subtle.decrypt(way, await keyFor(key, "decrypt"), sealed);
  return JSON.parse(new TextDecoder().decode(plain));
}
