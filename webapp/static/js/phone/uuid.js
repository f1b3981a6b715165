let last = "";

const hex = (number, digits = 12) => number.toString(16).padStart(digits, "0");

const read = (digits) => Number(`0x${digits}`);

/** A UUIDv7 of that moment; the random part of a version 4 lies where this version has its own. */
function made(ms) {
  const time = hex(ms);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${crypto.randomUUID().slice(15)}`;
}

/**
 * Make a UUIDv7 (RFC 9562) that sorts after every one made here before, whatever the clock does.
 * Two phones that know of the same last one, and whose clocks lag behind it, make different ones.
 * @param {string} [floor] a UUID that the new one must also sort after
 * @returns {string}
 */
export function uuid7(floor = "") {
  const bound = last > floor ? last : floor;
  const fresh = made(Date.now());
  last = fresh > bound ? fresh : made(read(bound.slice(0, 13).replace("-", "")) + 1);
  return last;
}

/**
 * The id of the conversation about a listing that a person begins, the same on all her phones: a
 * UUIDv5 (RFC 9562) of the person's id in the namespace of the listing's.
 * @param {string} listing id
 * @param {string} starter id, lower-case
 * @returns {Promise<string>} lower-case
 */
export async function conversationId(listing, starter) {
  const space = listing
    .replaceAll("-", "")
    .replace(/../g, (pair) => String.fromCharCode(read(pair)));
  const bytes = Uint8Array.from(space + starter, (letter) => letter.charCodeAt(0));
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-1", bytes), 0, 16);
  hash[6] = (hash[6] & 15) | 80;
  hash[8] = (hash[8] & 63) | 128;
  const digits = Array.from(hash, (each) => hex(each, 2)).join("");
  return digits.replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
