/** Chance that a seed repeats: every draw has its own stream, so that leaving one out moves no other. */

function hash(text) {
  let value = 2166136261;
  for (const letter of text) value = Math.imul(value ^ letter.charCodeAt(0), 16777619);
  return value >>> 0;
}

export class Chance {
  #state;

  /** @param {(string | number)[]} names what this stream is for, the seed among them */
  constructor(...names) {
    this.#state = hash(names.join(" ")) || 1;
  }

  /** @returns {number} in [0, 1): mulberry32 */
  next() {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let value = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  }

  /** @param {number} from @param {number} to both may come */
  whole(from, to) {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  /** @param {number} probability */
  often(probability) {
    return this.next() < probability;
  }

  /** @template T @param {T[]} list @returns {T} */
  one(list) {
    return list[this.whole(0, list.length - 1)];
  }

  /** @template T @param {[T, number][]} weighted @returns {T} */
  weighed(weighted) {
    let rest = this.next() * weighted.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [each, weight] of weighted) {
      rest -= weight;
      if (rest < 0) return each;
    }
    return weighted[0][0];
  }

  bytes(target) {
    for (let n = 0; n < target.length; n++) target[n] = this.whole(0, 255);
    return target;
  }

  uuid() {
    const digits = Array.from(this.bytes(new Uint8Array(16)), (byte) =>
      byte.toString(16).padStart(2, "0"),
    ).join("");
    return digits.replace(/(.{8})(.{4}).(.{3}).(.{3})(.{12})/, "$1-$2-4$3-8$4-$5");
  }
}
