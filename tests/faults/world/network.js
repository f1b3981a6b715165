/** What lies between phones and the server: it loses, cuts, delays, repeats and lies, by a seed. */
import http from "node:http";
import { Chance } from "./random.js";

const HTML = "<!doctype html><title>Welcome</title><h1>Accept our terms</h1>";
const DAY_MS = 86_400_000;
const lost = () => new TypeError("Failed to fetch");

/** Answers that somebody else gives in the server's stead: status, body, headers. */
const LIES = {
  portal: [200, HTML],
  empty: [200, ""],
  gateway: [502, HTML],
  broken: [500, '{"error":"failed","message":"Something went wrong."}'],
  signed_out: [401, '{"error":"signed_out","message":"Sign in again."}'],
  too_large: [413, '{"error":"too_large","message":"Too large."}'],
  too_often: [429, '{"error":"too_often","message":"Later."}', { "retry-after": "90" }],
};

/** What may befall a request, and how often beside the others. */
const FAULTS = [
  ["lost", 4],
  ["answer_lost", 5],
  ["twice", 3],
  ["echo", 3],
  ["late", 3],
  ["cut", 3],
  ["die_before", 2],
  ["die_after", 3],
  ["fail", 6],
  ...Object.keys(LIES).map((name) => [name, 1]),
];

class Answer {
  constructor(status, body, headers = {}) {
    this.status = status;
    this.ok = status >= 200 && status < 300;
    this.headers = { get: (name) => headers[name.toLowerCase()] ?? null };
    this.body = body;
  }

  async json() {
    return JSON.parse(this.body);
  }
}

export class Network {
  /** Requests that wait for their turn in the world's order: one at a time reaches the server. */
  constructor(world) {
    this.world = world;
    this.badness = 0;
    this.log = [];
  }

  /** As a page's own fetch. */
  fetch(tab, address, { method, body, headers, signal }) {
    const { phone } = tab;
    const { clock, seed, skip } = this.world;
    phone.step();
    if (tab.dead) return new Promise(() => {});
    const number = phone.requests++;
    const chance = new Chance(seed, "request", phone.name, number);
    const request = { method, address, body, headers, phone, cookie: phone.cookie };
    const bad = chance.often(this.badness);
    const drawn = chance.weighed(FAULTS);
    const name = `${phone.name} request ${number}: ${drawn}`;
    const fault = bad && !skip.has(name) ? drawn : undefined;
    if (fault) this.log.push(name);
    const latency = chance.whole(20, 400);
    return new Promise((resolve, reject) => {
      const deaf =
        signal && clock.in(signal.ms, () => reject(new DOMException("", "TimeoutError")));
      const settle = (work) => (value) => {
        if (deaf) clock.cancel(deaf);
        if (!tab.dead) work(value);
      };
      const journey = {
        request,
        chance,
        latency,
        resolve: settle(resolve),
        reject: settle(reject),
      };
      clock.in(latency, () =>
        this[`_${fault && LIES[fault] ? "lie" : (fault ?? "well")}`](journey, fault),
      );
    });
  }

  async _well({ request, resolve, reject }) {
    await this.#reach(request).then(resolve, reject);
  }

  async _lie({ resolve }, fault) {
    resolve(new Answer(...LIES[fault]));
  }

  async _lost({ reject }) {
    reject(lost());
  }

  async _answer_lost({ request, reject, chance }) {
    await this.#reach(request).catch(() => {});
    // Some hear at once that it is gone, some wait until they give up.
    if (chance.often(0.5)) reject(lost());
  }

  async _twice(journey) {
    await this.#reach(journey.request).catch(() => {});
    await this._well(journey);
  }

  /** Something on the way sends it once more, much later. */
  async _echo(journey) {
    const { clock } = this.world;
    await this._well(journey);
    const after = journey.chance.one([3_000, 60_000, 3_600_000, DAY_MS]);
    clock.in(after, () => this.#reach(journey.request).catch(() => {}));
  }

  /** It arrives when the phone has given up, after what the phone did next. */
  async _late({ request, chance }) {
    this.world.clock.in(chance.whole(20_000, 90_000), () => this.#reach(request).catch(() => {}));
  }

  async _cut({ request, chance, resolve, reject }) {
    const answer = await this.#reach(request).catch(() => undefined);
    if (!answer) return reject(lost());
    answer.body = answer.body.slice(0, Math.floor(answer.body.length * chance.next()));
    answer.json = async () => JSON.parse(`${answer.body}\u0000`);
    resolve(answer);
  }

  async _die_before(journey) {
    await this.#dying(journey, `die before ${journey.chance.whole(1, 3)}`);
  }

  async _die_after(journey) {
    await this.#dying(journey, `die after ${journey.chance.whole(1, 3)}`);
  }

  async _fail({ request, chance, resolve, reject }) {
    await this.#reach(request, `fail ${chance.whole(1, 2)}`).then(resolve, reject);
  }

  async #dying({ request, chance, resolve, reject }, fault) {
    // It may not come to that commit, and then it lives.
    await this.#reach(request, fault).then(resolve, async () => {
      reject(lost());
      this.world.server.down = true;
      this.world.clock.in(chance.whole(500, 40_000), () => this.world.server.revive());
    });
  }

  async #reach(request, fault = "") {
    const { server } = this.world;
    if (server.down) throw lost();
    const answer = await this.send(request, fault);
    const { phone, cookie } = request;
    // An old answer's cookie is not taken back by who has signed in meanwhile.
    if (answer.cookie !== undefined && phone.cookie === cookie) phone.cookie = answer.cookie;
    return answer;
  }

  /** A real request. @returns {Promise<any>} rejects where the server hangs up */
  send(
    { method = "POST", address, body, headers = {}, phone, cookie = phone?.cookie ?? "" },
    fault = "",
  ) {
    const { port } = this.world.server;
    const options = {
      host: "127.0.0.1",
      port,
      path: address,
      method,
      agent: false,
      headers: {
        ...headers,
        cookie,
        fault,
        "sec-fetch-site": "same-origin",
        "content-length": Buffer.byteLength(body ?? ""),
      },
    };
    return new Promise((resolve, reject) => {
      const asking = http.request(options, (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (part) => {
          text += part;
        });
        response.on("error", () => reject(lost()));
        response.on("end", () => {
          const answer = new Answer(response.statusCode, text, response.headers);
          for (const line of response.headers["set-cookie"] ?? []) {
            if (line.startsWith("milkwell=")) answer.cookie = line.split(";")[0];
          }
          this.world.heard({ phone, address, body, answer });
          resolve(answer);
        });
      });
      asking.on("error", () => reject(lost()));
      asking.end(body);
    });
  }
}
