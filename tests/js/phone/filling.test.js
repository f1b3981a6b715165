import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { contents, newPhone, reopen } from "../phone_world.js";
import { noNetwork, says } from "../wire_server.js";

const { perform, replace, outbox, rows, status, sync, watch } = await import(
  "../../../webapp/static/js/phone/index.js"
);

let server;
beforeEach(async () => {
  await sync();
  server = await newPhone();
});

const bodies = () => server.requests.map(({ body }) => body).filter((body) => body?.protocol);
const publish = (row) =>
  perform({ kind: "listing.publish", row, fields: { kind: "offer", note: "", volume_ml: "1" } });
const edit = (row, fields, was) => perform({ kind: "listing.edit", row, fields, was });

test("after an answer that was too large the phone asks for half, and after a good run for twice", async () => {
  server.nextTime(says(413, "<h1>413</h1>"));
  await sync();
  await sync();
  await sync();
  assert.deepEqual(
    bodies().map(({ most }) => most),
    [undefined, 100, undefined],
  );
});

test("a first sync says how far it is, ends, and goes on where it was cut", async () => {
  const page = (cursor, id, left) => ({
    ...{ cursor, put: { listing: [{ id }] } },
    ...(left ? { more: true, left } : {}),
  });
  const told = [];
  const stop = watch(({ status: news }) => told.push(news?.filling));
  const first = { me: { ...page("t:1", "l1", 2), reset: true } };
  server.nextTime(says(200, { server_time: "now", scopes: first }), noNetwork);
  await sync();
  assert.deepEqual(status().filling, { had: 1, left: 2 });
  reopen();
  const rest = { me: page("t:3", "l2", 0) };
  server.nextTime(says(200, { server_time: "now", scopes: rest }));
  await sync();
  stop();
  assert.equal(status().filling, undefined);
  assert.ok(told.some((filling) => filling?.left === 2));
  assert.equal(bodies().at(-1).cursors.me, "t:1");
  assert.deepEqual(
    (await rows("listing")).map(({ id }) => id),
    ["l1", "l2"],
  );
});

test("a phone that is full lets go of what is near, and keeps what is hers", async () => {
  server.put("me", "listing", { id: "l1", mine: true });
  server.put("near", "listing", { id: "n1" });
  await sync();
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function full(...words) {
    if (this.name !== "outbox") return put.apply(this, words);
    IDBObjectStore.prototype.put = put;
    throw new DOMException("full", "QuotaExceededError");
  };
  await publish("l2");
  await sync();
  assert.deepEqual(
    (await rows("listing")).map(({ id }) => id),
    ["l1", "l2"],
  );
  assert.equal(status().nearLess, true);
  assert.deepEqual(Object.keys(bodies().at(-1).cursors), ["me"]);
});

test("what changes the same as a conflict waits for her answer, and follows the second", async () => {
  await publish("l1");
  await sync();
  server.verdicts["listing.edit"] = {
    outcome: "conflict",
    conflicts: { note: { yours: "one", theirs: "there" } },
  };
  await edit("l1", { note: "one" }, { note: "" });
  await sync();
  server.verdicts = {};
  await edit("l1", { note: "two" }, { note: "one" });
  await edit("l1", { volume_ml: "2" }, { volume_ml: "1" });
  await sync();
  const [stuck, waits] = await outbox();
  assert.deepEqual([stuck.state, waits.state], ["attention", "saved"]);
  assert.equal(server.listings()[0].row.fields.volume_ml, "2");
  await replace(stuck.id, { was: { note: "there" } });
  await sync();
  assert.deepEqual(await outbox(), []);
  assert.equal(server.listings()[0].row.fields.note, "two");
});

test("a phone whose server was restored says so for a week", async () => {
  await publish("l1");
  await sync();
  server.restore();
  await publish("l2");
  await sync();
  await publish("l3");
  await sync();
  assert.deepEqual(
    bodies().map(({ renewed }) => renewed === true),
    [false, false, true, true],
  );
  assert.equal((await contents("outbox")).filter(({ state }) => state === "sent").length, 3);
});
