/** A server that speaks the wire in this process, so that a test can drop what it likes. */

const json = (status, body, headers = {}) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { "Content-Type": "application/json", ...headers },
  });

export class WireServer {
  timeline = "first";
  pageSize = 100;
  person = "anna";
  requests = [];
  inFlight = 0;
  mostInFlight = 0;
  devices = new Map();
  ledger = new Map();
  feeds = { me: new Map(), near: new Map() };
  seq = 0;
  verdicts = {};
  signOuts = 0;
  subscriptions = [];
  faults = [];

  /** Let the next requests go wrong: each fault may answer in the server's stead. */
  nextTime(...faults) {
    this.faults.push(...faults);
  }

  /** Something in a feed is new. */
  put(scope, noun, row, person = this.person) {
    this.#write(scope, person, noun, row.id, row);
  }

  del(scope, noun, id, person = this.person) {
    this.#write(scope, person, noun, id, undefined);
  }

  listings(person = "anna") {
    return [...this.#feed("me", person).values()].filter((each) => each.noun === "listing");
  }

  /** From a backup: all of this is forgotten. */
  restore() {
    this.timeline = "second";
    this.ledger.clear();
    this.feeds = { me: new Map(), near: new Map() };
  }

  fetch = async (address, { body, method = "GET" } = {}) => {
    this.inFlight += 1;
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
    try {
      await new Promise((resolve) => setTimeout(resolve));
      return await this.#route(address, method, body && JSON.parse(body));
    } finally {
      this.inFlight -= 1;
    }
  };

  async #route(address, method, body) {
    this.requests.push({ address, method, body });
    const fault = this.faults.shift();
    const answer = () => this.#answer(address, body);
    return fault ? fault(answer, body) : answer();
  }

  #answer(address, body) {
    if (address === "/sign-out") {
      this.signOuts += 1;
      this.person = undefined;
      return new Response(null, { status: 204 });
    }
    if (!this.person) return json(401, { error: "signed_out", message: "Please sign in." });
    if (address === "/api/devices") {
      this.subscriptions.push(body);
      return json(200, { device: body.device });
    }
    return this.#sync(body);
  }

  #sync({ device, operations, cursors }) {
    const owner = this.devices.get(device) ?? this.person;
    if (owner !== this.person) return json(409, { error: "other_device", message: "Not yours." });
    this.devices.set(device, owner);
    if (operations.length > this.most) return new Response("<h1>413</h1>", { status: 413 });
    const results = operations.map((each) => this.#apply(each));
    const scopes = {};
    for (const name of ["me", "near"]) {
      const page = name in cursors && this.#page(name, cursors[name]);
      if (page) scopes[name] = page;
    }
    const some = {
      ...(results.length && { results }),
      ...(Object.keys(scopes).length && { scopes }),
    };
    return json(200, { ...some, server_time: new Date().toISOString(), oldest_client: 1 });
  }

  #apply(operation) {
    const key = `${this.person} ${operation.id}`;
    const before = this.ledger.get(key);
    if (before) return before;
    if (operation.after.some((id) => this.ledger.get(`${this.person} ${id}`)?.outcome !== "done")) {
      return { id: operation.id, outcome: "waiting" };
    }
    const verdict = this.verdicts[operation.kind];
    if (verdict) {
      const result = { id: operation.id, ...verdict };
      if (verdict.outcome !== "failed") this.ledger.set(key, result);
      return result;
    }
    const { row: id, fields } = operation;
    const old = this.#feed("me", this.person).get(`listing ${id}`)?.row;
    const row = { ...old, id, mine: true, fields: { ...old?.fields, ...fields } };
    this.put("me", "listing", row);
    const result = { id: operation.id, outcome: "done", rows: { listing: [row] } };
    this.ledger.set(key, result);
    return result;
  }

  #feed(scope, person) {
    const feeds = this.feeds[scope];
    if (!feeds.has(person)) feeds.set(person, new Map());
    return feeds.get(person);
  }

  #write(scope, person, noun, id, row) {
    this.seq += 1;
    this.#feed(scope, person).set(`${noun} ${id}`, { seq: this.seq, noun, id, row });
  }

  #page(name, cursor) {
    const [timeline, seen] = cursor?.split(":") ?? [];
    const reset = timeline !== this.timeline;
    const since = reset ? 0 : Number(seen);
    const news = [...this.#feed(name, this.person).values()]
      .filter(({ seq }) => seq > since)
      .sort((one, other) => one.seq - other.seq);
    if (!news.length && !reset) return undefined;
    const page = news.slice(0, this.pageSize);
    const [put, del] = [{}, {}];
    for (const { noun, id, row } of page) {
      if (row) put[noun] = [...(put[noun] ?? []), row];
      else if (!reset) del[noun] = [...(del[noun] ?? []), id];
    }
    const more = news.length > page.length;
    return {
      cursor: `${this.timeline}:${page.at(-1)?.seq ?? since}`,
      put,
      del,
      ...(more && { more }),
      ...(reset && { reset }),
    };
  }
}

/** Nothing gets through. */
export const noNetwork = () => Promise.reject(new TypeError("Failed to fetch"));

/** The server does its work, and its answer is lost on the way back. */
export const answerLost = async (answer) => {
  await answer();
  throw new TypeError("Failed to fetch");
};

/** @param {number} status @param {any} body @param {object} [headers] */
export const says = (status, body, headers) => () =>
  typeof body === "string" ? new Response(body, { status, headers }) : json(status, body, headers);
