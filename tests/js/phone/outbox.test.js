import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { browser, contents, newPhone, page, reopen, until } from "../phone_world.js";
import { noNetwork } from "../wire_server.js";

const { discard, drafts, outbox, perform, replace, retry, row, rows, sync, watch } = await import(
  "../../../webapp/static/js/phone/index.js"
);
const { saveOnLeaving } = await import("../../../webapp/static/js/phone/drafts.js");
const { reading, writing } = await import("../../../webapp/static/js/phone/database.js");
const { uuid7 } = await import("../../../webapp/static/js/phone/uuid.js");
saveOnLeaving();

let server;
beforeEach(async () => {
  await sync();
  server = await newPhone();
  server.nextTime(noNetwork);
});

const publish = (more) =>
  perform({
    kind: "listing.publish",
    row: "l1",
    fields: { kind: "offer", volume_ml: "1" },
    ...more,
  });

test("what is done is seen at once, in the same breath as it is kept", async () => {
  const { id, state } = await publish();
  assert.equal(state, "saved");
  const { work } = await row("listing", "l1");
  assert.equal(work.operation.id, id);
  assert.ok(["saved", "sending"].includes(work.state));
});

test("a draft made good is gone in the transaction that keeps the deed", async () => {
  drafts.save("offer/new", { note: "hello" });
  await publish({ draft: "offer/new" });
  assert.equal(await drafts.load("offer/new"), undefined);
  assert.equal((await outbox()).length, 1);
});

test("a deed that can't be kept keeps its draft", async () => {
  drafts.save("offer/new", { note: "hello" });
  const uncloneable = { note: () => {} };
  await assert.rejects(publish({ draft: "offer/new", fields: uncloneable }));
  assert.deepEqual(await drafts.load("offer/new"), { note: "hello" });
  assert.deepEqual(await outbox(), []);
});

test("later deeds name the earlier ones on their row, whatever the clock says", async (t) => {
  const first = await publish();
  t.mock.timers.enable({ apis: ["Date"], now: 1000 });
  const second = await perform({ kind: "listing.pause", row: "l1" });
  t.mock.timers.reset();
  assert.deepEqual(second.after, [first.id]);
  assert.ok(second.id > first.id);
});

test("storage that lasts is asked for once", async () => {
  const before = browser.asked;
  await publish();
  await perform({ kind: "listing.pause", row: "l1" });
  assert.equal(browser.asked, before + 1);
});

test("writes that can't be fetched again are asked to be on the disk", async () => {
  const { transaction } = IDBDatabase.prototype;
  const asked = [];
  IDBDatabase.prototype.transaction = function (names, mode, options) {
    asked.push(`${mode} ${options?.durability}`);
    return transaction.call(this, names, mode, options);
  };
  const draft = () => {
    drafts.save("k", 1);
    return drafts.flush();
  };
  for (const write of [publish, draft]) {
    await sync();
    asked.length = 0;
    await write();
    // The first is the deed's own; the sync that follows it writes what can be fetched again.
    assert.equal(asked[0], "readwrite strict");
  }
  IDBDatabase.prototype.transaction = transaction;
});

test("a change is heard of", async () => {
  let heard = 0;
  const stop = watch(() => {
    heard += 1;
  });
  await publish();
  stop();
  assert.ok(heard > 0);
});

test("a connection that the system closed is opened again", async () => {
  await publish();
  const { transaction } = IDBDatabase.prototype;
  let lost = 1;
  IDBDatabase.prototype.transaction = function (...args) {
    if (lost-- > 0)
      throw new DOMException("The database connection is closing", "InvalidStateError");
    return transaction.apply(this, args);
  };
  const found = await rows("listing");
  IDBDatabase.prototype.transaction = transaction;
  assert.equal(found.length, 1);
});

/** Keep the next write, and lose the word of it, as when the browser lets go of its database. */
function loseTheWord() {
  const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function (...args) {
    const tx = transaction.apply(this, args);
    if (args[1] !== "readwrite") return tx;
    IDBDatabase.prototype.transaction = transaction;
    tx.addEventListener("complete", () => tx.onabort());
    Object.defineProperty(tx, "oncomplete", { set() {} });
    return tx;
  };
}

test("a deed whose keeping was not heard of is kept once", async () => {
  loseTheWord();
  const { id, after } = await publish();
  assert.deepEqual(after, []);
  assert.deepEqual(
    (await contents("outbox")).map((each) => each.id),
    [id],
  );
});

test("a replacement whose keeping was not heard of is made once, and told of", async () => {
  const { id } = await publish();
  await sync();
  server.nextTime(noNetwork);
  loseTheWord();
  const fresh = await replace(id, { fields: { kind: "offer", volume_ml: "2" } });
  assert.deepEqual(
    (await contents("outbox")).map((each) => [each.id, each.fields.volume_ml]),
    [[fresh.id, "2"]],
  );
});

test("what was taken back is told as taken back, though the first word of it was lost", async () => {
  const { id } = await publish();
  await sync();
  server.nextTime(noNetwork);
  loseTheWord();
  assert.equal(await discard(id), true);
  assert.deepEqual(await outbox(), []);
});

test("trying again brings back nothing that was taken back meanwhile", async () => {
  const { id } = await publish();
  await sync();
  server.nextTime(noNetwork, noNetwork);
  await Promise.all([discard(id), retry(id)]);
  assert.deepEqual(await outbox(), []);
});

test("a connection that stays lost is an error, not a loop", async () => {
  await publish();
  await sync();
  const { transaction } = IDBDatabase.prototype;
  let tries = 0;
  IDBDatabase.prototype.transaction = () => {
    tries += 1;
    throw new DOMException("closing", "InvalidStateError");
  };
  await assert.rejects(reading(({ meta }) => meta.get("x")));
  IDBDatabase.prototype.transaction = transaction;
  assert.equal(tries, 2);
});

test("work that throws is undone", async () => {
  const thrown = writing(async ({ meta }) => {
    await meta.put(1, "x");
    throw new Error("no");
  });
  await assert.rejects(thrown, /no/);
  assert.deepEqual(
    (await contents("meta")).filter((each) => each === 1),
    [],
  );
});

test("a newer version of the app in another tab is let through", async () => {
  await publish();
  await new Promise((resolve, reject) => {
    const request = indexedDB.open("milkwell", 99);
    request.onblocked = () => reject(new Error("blocked"));
    request.onsuccess = () => resolve(request.result.close());
  });
});

test("a draft is on the disk within half a second of a keystroke, though she types on", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  for (let passed = 0; passed < 480; passed += 20) {
    drafts.save("note", `${passed}`);
    t.mock.timers.tick(20);
  }
  // From here on the page's clock stands still: only what was begun until then gets there.
  await until(async () => (await contents("drafts")).length);
  t.mock.timers.reset();
  await drafts.flush();
});

test("a draft survives the browser being killed", async () => {
  drafts.save("note", { text: "for my sister" });
  await until(async () => (await contents("drafts")).length);
  reopen();
  assert.deepEqual(await drafts.load("note"), { text: "for my sister" });
});

test("leaving the page saves what was typed at once", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  drafts.save("note", "typed");
  page.hidden = true;
  page.dispatchEvent(new Event("visibilitychange"));
  page.hidden = false;
  // Without a moment passing by the page's clock.
  await until(async () => (await contents("drafts")).length);
});

test("drafts are listed with when they were saved, and discarded", async () => {
  drafts.save("one", 1);
  drafts.save("two", 2);
  const listed = await drafts.list();
  assert.deepEqual(
    listed.map(({ key, value }) => [key, value]),
    [
      ["one", 1],
      ["two", 2],
    ],
  );
  assert.ok(listed.every(({ saved_at }) => Date.parse(saved_at)));
  drafts.save("one", 3);
  await drafts.discard("one");
  assert.equal(await drafts.load("one"), undefined);
});

test("UUIDs are version 7, carry the time, and sort as they were made", (t) => {
  const made = Array.from({ length: 2000 }, () => uuid7());
  assert.deepEqual([...made].sort(), made);
  assert.equal(new Set(made).size, made.length);
  for (const id of made)
    assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  const time = Number.parseInt(made[0].replaceAll("-", "").slice(0, 12), 16);
  assert.ok(Math.abs(time - Date.now()) < 60_000);
  t.mock.timers.enable({ apis: ["Date"], now: 5 });
  assert.ok(uuid7() > made.at(-1));
});
