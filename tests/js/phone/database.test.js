import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { contents, newPhone, reopen } from "../phone_world.js";
import { noNetwork } from "../wire_server.js";
import { answered, dump, earlier, fill } from "./stores/stores.js";

const { layAside, recall, takeUp, writing } = await import(
  "../../../webapp/static/js/phone/database.js"
);
const { unsent } = await import("../../../webapp/static/js/phone/unsent.js");
const { drafts, outbox, perform, rows, sync } = await import(
  "../../../webapp/static/js/phone/index.js"
);

let server;
beforeEach(async () => {
  server = await newPhone();
});

/** The version that today's code makes. */
async function today() {
  await contents("meta");
  const { version } = await dump();
  await newPhone();
  return version;
}
const NEWEST = await today();

/** A phone as an earlier version left it, and a server that knows nothing of it. */
async function filled(kept) {
  await fill(kept);
  const { entries } = kept.stores.meta;
  const anna = entries.find(([name]) => name === "person")[1];
  server.person = anna;
  server.put("me", "person", { id: anna, name: "Anna", welcomed: true });
  server.put("near", "listing", { id: "fresh", kind: "request", volume_ml: 1 });
}

/** What no server can give back. */
const hers = ({ stores: { outbox: box, drafts: begun, aside, meta } }) => ({
  ...{ box, begun, aside },
  meta: meta.entries.filter(([name]) => /^(device|person|alerts|asked)$/.test(name)),
});

const quietly = async (work) => {
  const { error } = console;
  const said = [];
  console.error = (...words) => said.push(words);
  try {
    await work();
  } finally {
    console.error = error;
  }
  return said;
};

const applied = () =>
  server.requests.flatMap(({ body }) => body?.operations ?? []).map(({ row, kind }) => kind + row);

test("the store of every earlier version is kept", () => {
  const versions = earlier().map(({ version }) => version);
  for (let version = 1; version < NEWEST; version++) assert.ok(versions.includes(version), version);
});

for (const kept of earlier()) {
  test(`a phone of version ${kept.version} keeps what she did, and its own name`, async () => {
    await filled(kept);
    assert.equal((await outbox()).length, 5);
    const now = await dump();
    assert.equal(now.version, NEWEST);
    assert.deepEqual(hers(now), hers(kept));
  });

  test(`a phone of version ${kept.version} shows what it has until all is here anew`, async () => {
    await filled(kept);
    server.nextTime(noNetwork);
    await sync();
    assert.equal((await rows("message")).length, 2);
    assert.equal((await rows("listing")).length, 9);
    await sync();
    assert.deepEqual(
      (await rows("listing")).map(({ id }) => id).filter((id) => !id.startsWith("0190a000")),
      ["fresh"],
    );
    const { stores } = await dump();
    const nearby = stores.rows.entries.filter(([[scope]]) => scope === "near");
    assert.equal(nearby.length, 1, "no generation that nobody sees is left behind");
  });

  test(`what waited on a phone of version ${kept.version} goes out once`, async () => {
    await filled(kept);
    const before = await outbox();
    await sync();
    await sync();
    const sent = applied();
    assert.deepEqual([...new Set(sent)].sort(), sent.sort());
    for (const { kind, row, state } of before) {
      assert.equal(sent.includes(kind + row), state === "saved", kind);
    }
    const left = (await outbox()).map(({ answer }) => answer.outcome);
    assert.deepEqual(left, ["rejected", "conflict"], "what needs her still does");
  });
}

/** Each takes a migration's ground away; it gives back what puts it right. */
const FAILURES = {
  "a step throws": (mode) => {
    const { get } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.get = function (key) {
      if (this.transaction.mode === mode) throw new TypeError("a step's own mistake");
      return get.call(this, key);
    };
    return () => Object.assign(IDBObjectStore.prototype, { get });
  },
  "the disk is full": (mode) => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (...row) {
      if (this.transaction.mode !== mode) return put.apply(this, row);
      const request = put.apply(this, row);
      this.transaction.abort();
      return request;
    };
    return () => Object.assign(IDBObjectStore.prototype, { put });
  },
};

for (const [what, begin] of Object.entries(FAILURES)) {
  for (const kept of earlier().filter(({ version }) => version < NEWEST)) {
    test(`when ${what}, a phone of version ${kept.version} goes on as it is`, async () => {
      await filled(kept);
      const mend = begin("versionchange");
      const said = await quietly(async () => {
        assert.equal((await outbox()).length, 5);
        const stood = await dump();
        assert.deepEqual(stood, { ...kept, stores: stood.stores });
        assert.deepEqual(hers(stood), hers(kept));

        const file = await unsent();
        assert.deepEqual([file.operations.length, file.drafts.length], [5, 2]);
        server.nextTime(noNetwork);
        await perform({ kind: "listing.publish", row: "later" });
        await sync();
        assert.equal((await outbox()).length, 6);
        await sync();
        assert.ok(applied().includes("listing.publishlater"));
        assert.equal((await dump()).version, kept.version);
      });
      mend();
      assert.ok(said.length, "it is told to whoever looks");

      reopen();
      drafts.save("offer/new", { values: {}, step: 3 });
      await drafts.flush();
      assert.equal((await dump()).version, NEWEST);
      assert.equal((await drafts.load("offer/new")).step, 3);
    });
  }
}

test("where nothing can be created, nothing is left that looks like a store", async () => {
  const { createObjectStore } = IDBDatabase.prototype;
  IDBDatabase.prototype.createObjectStore = () => {
    throw new TypeError("not here");
  };
  await quietly(() => assert.rejects(recall("device")));
  Object.assign(IDBDatabase.prototype, { createObjectStore });
  assert.deepEqual(await indexedDB.databases(), []);
  await perform({ kind: "listing.publish", row: "l1" });
  assert.equal((await dump()).version, NEWEST);
});

/** A page of a version to come, in another tab, changes the database. */
async function newer() {
  const request = indexedDB.open("milkwell", NEWEST + 1);
  let blocked = false;
  request.onblocked = () => {
    blocked = true;
  };
  request.onupgradeneeded = () => request.result.createObjectStore("news").put(1, "one");
  const db = await answered(request);
  db.onversionchange = () => db.close();
  return { db, blocked };
}

test("a page lets a newer one in another tab change the database, and goes on", async () => {
  server.nextTime(noNetwork);
  await perform({ kind: "listing.publish", row: "l1" });
  await sync();
  const { db, blocked } = await newer();
  assert.equal(blocked, false);

  server.nextTime(noNetwork);
  await perform({ kind: "listing.publish", row: "l2" });
  drafts.save("offer/new", { values: { note: "typed in the old page" } });
  await drafts.flush();
  assert.deepEqual(
    (await outbox()).map(({ row }) => row),
    ["l1", "l2"],
  );
  await sync();
  await sync();
  assert.equal(server.listings().length, 2);
  db.close();
  const { version, stores } = await dump();
  assert.equal(version, NEWEST + 1);
  assert.equal(stores.drafts.entries[0][1].value.values.note, "typed in the old page");
  assert.deepEqual(stores.news.entries, [["one", 1]]);
});

test("a page that opens after a newer one has been here reads and sends all the same", async () => {
  server.nextTime(noNetwork);
  await perform({ kind: "listing.publish", row: "l1" });
  await sync();
  (await newer()).db.close();
  reopen();
  assert.equal((await outbox()).length, 1);
  await sync();
  assert.equal(server.listings().length, 1);
});

test("two tabs of which one is at work: the change waits for the work, and takes none of it", async () => {
  await perform({ kind: "listing.publish", row: "l1" });
  let changed = false;
  let change;
  await writing(async ({ drafts: begun }) => {
    change = newer().then((made) => {
      changed = true;
      return made;
    });
    for (let turn = 0; turn < 20; turn++) {
      await begun.put({ key: "offer/new", value: turn, saved_at: "" }, "offer/new");
    }
    assert.equal(changed, false);
  });
  (await change).db.close();
  assert.equal(await drafts.load("offer/new"), 19);
});

test("a page that is laid aside holds nobody up, and goes on when it is taken up", async () => {
  await perform({ kind: "listing.publish", row: "l1" });
  let began;
  let laidAside = false;
  const under_way = new Promise((resolve) => {
    began = resolve;
  });
  const work = writing(async ({ drafts: begun }) => {
    await begun.put({ key: "offer/new", value: "mine", saved_at: "" }, "offer/new");
    began();
    // A transaction that nobody lets end.
    while (!laidAside) await begun.count();
  });
  await under_way;
  layAside();
  laidAside = true;

  const { version, stores } = await dump();
  assert.equal(version, NEWEST);
  assert.deepEqual(stores.drafts.entries, []);
  assert.equal(stores.outbox.entries.length, 1);

  let done = false;
  work.then(() => {
    done = true;
  });
  await dump();
  assert.equal(done, false);
  takeUp();
  await work;
  assert.equal(await drafts.load("offer/new"), "mine");
});
