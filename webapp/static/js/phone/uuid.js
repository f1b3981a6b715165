let last = "";

/** @param {string} hex 32 digits */
const dashed = (hex) => hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");

/**
 * Make a UUIDv7 (RFC 9562) that sorts after every one made here before, whatever the clock does.
 * @param {string} [floor] a UUID that the new one must also sort after
 * @returns {string}
 */
export function uuid7(floor = "") {
  const bytes = crypto.getRandomValues(new Uint8Array(10));
  const random = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const time = Date.now().toString(16).padStart(12, "0");
  const variant = "89ab"[bytes[2] & 3];
  const fresh = `${time}7${random.slice(1, 4)}${variant}${random.slice(5)}`;
  const bound = [last, floor.replaceAll("-", "")].sort()[1];
  last = fresh > bound ? fresh : (BigInt(`0x${bound}`) + 1n).toString(16).padStart(32, "0");
  return dashed(last);
}
