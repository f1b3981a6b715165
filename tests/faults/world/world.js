/** One run: people, their phones, a server and what lies between, from one seed. */
import { act, draw } from "./acts.js";
import { Phone } from "./browser.js";
import { Clock } from "./clock.js";
import { Network } from "./network.js";
import { Chance } from "./random.js";
import { dump } from "./stores.js";

const [SECOND, MINUTE, HOUR, DAY] = [1000, 60_000, 3_600_000, 86_400_000];
const LONGEST = 90 * SECOND;
const QUIET_ROUNDS = 12;

/** What a page may throw where it was killed or found no space: it kept nothing, and says so. */
const EXPECTED = /^(NotAllowed|QuotaExceeded|InvalidState|Abort|Unknown|Timeout)Error$/;

export class World {
  clock = new Clock();
  network = new Network(this);
  people = [];
  phones = [];
  /** Every operation that a phone has kept, by id: whose, and whether she took it back. */
  kept = new Map();
  /** Operations that the server has said are done. */
  told = new Set();
  drafts = new Map();
  history = [];
  crashes = [];
  /** How often what came about. */
  met = {};
  restored = false;

  /** @param {{seed: number, server: any, engine: any, skip?: Set<string>}} given */
  constructor({ seed, server, engine, skip = new Set() }) {
    Object.assign(this, { seed, server, engine, skip });
  }

  /** Everything that happens, and then quiet. */
  async play() {
    await this.server.fresh();
    await this.network.send({ address: "/faults/fresh", cookie: "" });
    const chance = new Chance(this.seed, "world");
    this.people = this.server.people.map((id, number) => ({ id, number, name: "ABC"[number] }));
    for (const owner of this.people.slice(0, chance.often(0.3) ? 3 : 2)) {
      for (const number of [1, 2])
        this.phones.push(new Phone(this, `${owner.name}${number}`, owner));
    }
    for (const phone of this.phones) await this.signIn(phone, phone.owner);
    for (const phone of this.phones) this.visitor(phone).engine.ready();
    await this.clock.pass(2 * SECOND);
    for (const { tabs } of this.phones) {
      if (!(await tabs[0].engine.me())) throw new Error("the site answers nobody");
    }
    for (const { name, user, tabs } of this.phones) {
      if (name.endsWith("1")) await this.#begin(tabs[0], user);
    }
    await this.clock.pass(2 * SECOND);
    await this.work();
    for (const phone of this.phones) phone.kill();
    const visits = chance.whole(5, 9);
    const backUp = chance.often(0.4) ? chance.whole(0, visits - 2) : Number.POSITIVE_INFINITY;
    const restore = chance.whole(backUp + 1, visits);
    for (let number = 0; number < visits; number++) {
      if (number === backUp) await this.#operator("back up");
      if (number === restore) await this.#operator("restore");
      await this.#visit(number);
    }
    if (restore === visits) await this.#operator("restore");
    await this.quiet();
  }

  /** Whoever hosts: copies the database, and later puts the copy back in its place. */
  async #operator(deed) {
    if (this.skip.has(deed)) return;
    this.history.push(deed);
    if (deed === "back up") {
      await this.server.backUp();
      this.backed = true;
    } else if (this.backed) {
      await this.server.restore();
      this.restored = true;
    }
  }

  /** Everybody has something to give or to ask for. */
  async #begin(tab, user) {
    const words = `${this.seed} visit at first of ${user.name}`;
    const chance = new Chance(this.seed, words);
    await act("publish", { engine: tab.engine, chance, phone: tab.phone, world: this, words });
  }

  async #visit(number) {
    const chance = new Chance(this.seed, "visit", number);
    const gaps = [
      [chance.whole(0, 20) * SECOND, 6],
      [chance.whole(1, 9) * MINUTE, 3],
      [chance.whole(1, 9) * HOUR, 2],
      [50 * HOUR, 1],
    ];
    const gap = chance.weighed(gaps);
    if (gap > MINUTE) await this.#putAway();
    await this.clock.pass(gap);
    const phone = chance.one(this.phones);
    const name = `visit ${number} of ${phone.name}`;
    const lasts = chance.next() * LONGEST;
    this.network.badness = chance.one([0, 0.2, 0.4, 0.7, 1]);
    if (this.skip.has(name)) return;
    this.history.push(name);
    await this.#trouble(chance, phone);
    await this.#whoIsThere(chance, phone);
    const tab = this.visitor(phone);
    const many = chance.whole(1, 4);
    for (let deed = 0; deed < many; deed++) {
      this.clock.in(chance.whole(0, 1) * chance.next() * lasts, () =>
        this.#act(`${name} act ${deed}`, phone, tab),
      );
    }
    if (chance.often(0.3)) this.clock.in(chance.next() * lasts, () => this.#worker(phone));
    if (chance.often(0.2)) this.clock.in(chance.next() * lasts, () => this.visitor(phone));
    this.#layAside(new Chance(this.seed, "laid aside", number), tab, lasts);
    this.clock.in(lasts, () => this.#leave(phone, tab, chance));
    await this.clock.pass(chance.often(0.5) ? lasts + SECOND : chance.next() * lasts);
  }

  /** When visits are over nobody looks; a page that is hidden does nothing by itself. */
  async #putAway() {
    await this.clock.pass(LONGEST);
    for (const { tabs } of this.phones) for (const tab of tabs) tab.show(true);
  }

  /** What goes wrong with a phone or the server, beside the network. */
  async #trouble(chance, phone) {
    const troubles = {
      kill: () => Object.assign(phone, { killIn: chance.whole(0, 40) }),
      quota: () => Object.assign(phone, { quota: chance.whole(0, 12) }),
      clock: () => Object.assign(phone, { skew: chance.one([-DAY, 0, DAY]) }),
      close: () => this.clock.in(chance.whole(0, 20) * SECOND, () => phone.tabs[0]?.closeStore()),
      server: () => this.server.revive(),
      none: () => {},
    };
    const weights = { kill: 5, quota: 2, clock: 3, close: 3, server: 3, none: 6 };
    const drawn = chance.weighed(Object.entries(weights));
    if (this.skip.has(`${phone.name}: ${drawn}`)) return;
    this.history.push(`${phone.name}: ${drawn}`);
    await troubles[drawn]();
  }

  /** Sometimes she signs out, sometimes somebody else signs in, sometimes a session has ended. */
  async #whoIsThere(chance, phone) {
    const drawn = chance.weighed([
      ["same", 12],
      ["other", 2],
      ["again", 2],
      ["out", 1],
      ["ended", 2],
    ]);
    if (drawn === "same" || this.skip.has(`${phone.name}: ${drawn}`)) return;
    this.history.push(`${phone.name}: ${drawn}`);
    await this.sweep(phone);
    if (drawn === "out") await this.#signOut(phone);
    if (drawn === "ended") phone.cookie = "";
    if (drawn === "other")
      await this.signIn(phone, chance.one(this.people.slice(0, this.phones.length / 2)));
    if (drawn === "again") await this.signIn(phone, phone.user);
    // A page that is open already goes on, and some never knew.
    if (chance.often(0.7)) phone.kill();
    phone.cameFromSignIn = drawn !== "ended";
  }

  async #signOut(phone) {
    const tab = this.visitor(phone);
    await this.clock.pass(SECOND);
    // It asks her first; then what is unsent is hers to lose.
    await this.sweep(phone);
    await this.settles(phone, async () => {
      this.#try(phone, tab.engine.signOut());
      await this.clock.pass(SECOND);
    });
    await this.clock.pass(11 * SECOND);
    for (const [key, draft] of this.drafts) if (draft.phone === phone) this.drafts.delete(key);
    phone.kill();
  }

  /** A page of a phone, opened where there is none. */
  visitor(phone) {
    const referrer = phone.cameFromSignIn ? "http://milkwell.example/sign-in" : "";
    phone.cameFromSignIn = false;
    const tab = phone.open({ referrer });
    this.#try(phone, tab.engine.ready());
    return tab;
  }

  #worker(phone) {
    const worker = phone.open({ worker: true });
    this.#try(phone, worker.engine.sync(false));
  }

  /** Sometimes she looks at another page meanwhile. */
  #layAside(chance, tab, lasts) {
    if (chance.often(0.7)) return;
    const at = chance.next() * lasts;
    this.clock.in(at, () => tab.dead || tab.layAside());
    this.clock.in(at + chance.whole(0, 9) * SECOND, () => tab.dead || tab.takeUp());
  }

  #leave(phone, tab, chance) {
    if (chance.often(0.3)) return tab.show(true);
    tab.kill();
    phone.tabs = phone.tabs.filter((each) => each !== tab);
    phone.channels = phone.channels.filter((each) => each.tab !== tab);
    return chance.often(0.5) ? this.work() : undefined;
  }

  #act(name, phone, tab) {
    if (tab.dead || this.skip.has(name)) return;
    const chance = new Chance(this.seed, name);
    const drawn = draw(chance);
    this.history.push(`${name}: ${drawn}`);
    const words = `${this.seed} ${name.replaceAll(/\d+/g, (n) => "abcdefghij"[n] ?? "k")} of ${phone.user.name}`;
    const scene = { engine: tab.engine, chance, phone, world: this, words };
    this.#try(
      phone,
      this.#once(tab, () => act(drawn, scene)),
    );
  }

  /** She sees nothing, and so does nothing, before the phone knows that it is hers. */
  async #once(tab, work) {
    const { person, unsure } = await tab.engine.reading(async ({ meta }) => ({
      person: await meta.get("person"),
      unsure: await meta.get("unsure"),
    }));
    if (unsure !== "who" && person === tab.phone.user.id) await work();
  }

  #try(phone, promise) {
    promise?.catch((error) => this.note(phone, error));
  }

  /** Something threw. What isn't a fault of ours is a crash. */
  note(phone, error) {
    if (!EXPECTED.test(error?.name) && error?.message !== "not settled")
      this.crashes.push(`${phone.name}: ${error?.stack ?? error}`);
  }

  /** She takes back or answers something: what then is gone from the outbox is so by her will. */
  async settles(phone, work) {
    const before = await dump(phone);
    const user = phone.user;
    await Promise.resolve(work()).catch((error) => this.note(phone, error));
    const left = new Set((await dump(phone)).outbox.map(({ id }) => id));
    for (const operation of before.outbox) {
      if (operation.state !== "sent" && !left.has(operation.id)) {
        this.kept.set(operation.id, { operation, owner: user.id, settled: true });
      }
    }
  }

  drafted(phone, key, words) {
    this.drafts.set(`${phone.name} ${key}`, { phone, owner: phone.user.id, key, words });
  }

  /** Remember what a phone has kept. */
  async sweep(phone) {
    const { outbox, meta } = await dump(phone);
    for (const operation of outbox) {
      const owner = meta.person ?? phone.user.id;
      const before = this.kept.get(operation.id);
      this.kept.set(operation.id, {
        settled: false,
        ...before,
        operation,
        owner: before?.owner ?? owner,
        on: phone.name,
      });
    }
  }

  /** A request came back from the server itself. */
  heard({ address, body, answer }) {
    if (address !== "/api/sync") return;
    for (const { again } of JSON.parse(body).operations) if (again) this.#count("again");
    if (answer.status !== 200) return this.#count(`answer_${answer.status}`);
    for (const { id, outcome } of JSON.parse(answer.body).results ?? []) {
      this.#count(outcome);
      if (outcome === "done") this.told.add(id);
    }
  }

  #count(what) {
    this.met[what] = (this.met[what] ?? 0) + 1;
  }

  async signIn(phone, person) {
    if (this.server.down) return;
    const address = `/faults/sign-in/${person.id}`;
    const { cookie } = await this.network.send({ address, headers: {}, cookie: "" });
    Object.assign(phone, { cookie, user: person, cameFromSignIn: true });
  }

  /** The worker's turn. */
  async work() {
    if (!this.server.down)
      await this.network.send({ address: "/faults/work", cookie: "" }).catch(() => {});
  }

  /** Everything works from now on; until nothing is left to do. */
  async quiet() {
    await this.#putAway();
    this.network.badness = 0;
    for (const phone of this.phones) {
      await this.sweep(phone);
      phone.kill();
      Object.assign(phone, { skew: 0, quota: -1, killIn: -1, cameFromSignIn: false });
    }
    // What is on its way arrives, as late as it may.
    await this.clock.pass(DAY + HOUR);
    if (this.server.down) await this.server.revive();
    await this.#settle();
    for (let round = 0; round < 4 && (await this.#owners()); round++) await this.#settle();
    if (await this.#pending()) {
      // What waits for another phone's work waits a week, and no longer.
      for (const phone of this.phones) phone.kill();
      await this.clock.pass(8 * DAY);
      await this.#settle();
    }
  }

  /** Whoever left something sealed on another's phone comes back to it. */
  async #owners() {
    let some = false;
    for (const phone of this.phones) {
      const { aside } = await dump(phone);
      const owner = this.people.find(({ id }) => id !== phone.user.id && aside.has(id));
      if (!owner) continue;
      this.#count("sealed");
      some = true;
      phone.kill();
      await this.signIn(phone, owner);
    }
    return some;
  }

  async #settle() {
    let before;
    for (let round = 0; round < QUIET_ROUNDS; round++) {
      for (const phone of this.phones) (phone.tabs[0] ?? this.visitor(phone)).engine.sync();
      await this.clock.pass(8 * SECOND);
      for (const phone of this.phones) await this.#again(phone);
      await this.work();
      const stand = JSON.stringify(await Promise.all(this.phones.map((each) => this.#stand(each))));
      if (stand === before) break;
      before = stand;
    }
    for (const phone of this.phones) await this.sweep(phone);
  }

  async #again(phone) {
    if (phone.tabs[0].engine.status().state !== "signed_out") return;
    await this.signIn(phone, phone.user);
    phone.kill();
  }

  async #stand(phone) {
    const { meta, outbox } = await dump(phone);
    return [meta.me?.cursor, meta.near?.cursor, outbox.map(({ id, state }) => id + state)];
  }

  async #pending() {
    const dumps = await Promise.all(this.phones.map(dump));
    return dumps.some(
      ({ outbox, meta }) => meta.less || outbox.some(({ state }) => state === "saved"),
    );
  }
}
