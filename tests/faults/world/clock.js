/** Time that passes only when nothing else can happen, so that days take no time and repeat. */

const TURNS = 3;
const ENDLESS = 200_000;

export class Clock {
  now = Date.now();
  #events = [];
  #count = 0;
  #busy = new Set();

  /** Do something later. @returns {object} for cancel() */
  in(ms, work) {
    const event = { at: this.now + Math.max(0, ms || 0), number: this.#count++, work };
    let place = this.#events.length;
    while (place && this.#events[place - 1].at > event.at) place--;
    this.#events.splice(place, 0, event);
    return event;
  }

  cancel(event) {
    const place = this.#events.indexOf(event);
    if (place >= 0) this.#events.splice(place, 1);
  }

  /** Something is under way that time waits for. @param {string} [what] @returns {() => void} when it is over, once */
  begin(what = "") {
    const token = { what };
    this.#busy.add(token);
    return () => this.#busy.delete(token);
  }

  /** @template T @param {Promise<T>} promise @returns {Promise<T>} */
  while(promise) {
    const over = this.begin();
    promise.then(over, over);
    return promise;
  }

  /** Until nothing is under way but waiting. */
  async settled() {
    let turns = 0;
    for (let quiet = 0; quiet < TURNS; quiet = this.#busy.size ? 0 : quiet + 1) {
      if (turns++ > ENDLESS)
        throw new Error(`never quiet: ${[...this.#busy].map(({ what }) => what)}`);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Let time pass. @param {number} ms */
  async pass(ms) {
    const end = this.now + ms;
    await this.settled();
    while (this.#events[0]?.at <= end) {
      const event = this.#events.shift();
      this.now = event.at;
      await event.work();
      await this.settled();
    }
    this.now = end;
  }
}
