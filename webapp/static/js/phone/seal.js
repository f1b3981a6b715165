/** What somebody left unsent on a phone that changed hands, closed with a key that the server
 * gives to nobody but her. */

const ALGORITHM = "AES-GCM";

/** @param {"encrypt" | "decrypt"} use @param {string} key base64 */
async function cipher(use, key, iv, bytes) {
  const raw = Uint8Array.from(atob(key), (letter) => letter.charCodeAt(0));
  const imported = await crypto.subtle.importKey("raw", raw, ALGORITHM, false, [use]);
  return crypto.subtle[use]({ name: ALGORITHM, iv }, imported, bytes);
}

/** @param {string} key @param {any} things what JSON can hold */
export async function seal(key, things) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = await new Blob([JSON.stringify(things)]).arrayBuffer();
  return { iv, sealed: await cipher("encrypt", key, iv, plain) };
}

/** @param {string} key @param {{iv: any, sealed: any}} closed @returns {Promise<any>} */
export const unseal = async (key, { iv, sealed }) =>
  new Response(await cipher("decrypt", key, iv, sealed)).json();
