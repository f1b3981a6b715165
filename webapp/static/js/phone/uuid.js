let last = "";

/** One more than a UUID, in its random part. @param {string} id */
const after = (id) =>
  id.slice(0, 24) + (Number(`0x${id.slice(24)}`) + 1).toString(16).padStart(12, "0");

/**
 * Make a UUIDv7 (RFC 9562) that sorts after every one made here before, whatever the clock does.
 * @param {string} [floor] a UUID that the new one must also sort after
 * @returns {string}
 */
export function uuid7(floor = "") {
  const time = Date.now().toString(16).padStart(12, "0");
  // The random part of a version 4 lies where this version has its own.
  const fresh = `${time.slice(0, 8)}-${time.slice(8)}-7${crypto.randomUUID().slice(15)}`;
  const bound = last > floor ? last : floor;
  last = fresh > bound ? fresh : after(bound);
  return last;
}
