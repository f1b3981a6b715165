import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { browser, contents, newPhone, reopen, STORES, waitIsOver } from "../phone_world.js";
import { answerLost, noNetwork, says } from "../wire_server.js";

const phone = await import("../../../webapp/static/js/phone/index.js");
const { perform, outbox, rows, row, sync, status, discard, replace, retry } = phone;

let server;
beforeEach(async () => {
  await phone.sync();
  server = await newPhone();
});

const offer = (id, fields = {}) =>
  perform({
    kind: "listing.publish",
    row: id,
    fields: { kind: "offer", volume_ml: "500", ...fields },
  });
const syncs = () => server.requests.filter(({ address }) => address === "/api/sync");
const only = async (noun) => {
  const found = await rows(noun);
  assert.equal(found.length, 1);
  return found[0];
};

test("what was done without a network is kept, and sent when there is one", async () => {
  server.nextTime(noNetwork);
  await offer("l1");
  assert.equal((await sync()).state, "unreachable");
  assert.equal((await only("listing")).work.state, "saved");
  reopen();
  assert.equal((await sync()).state, "idle");
  assert.equal((await only("listing")).work.state, "sent");
  assert.deepEqual(await outbox(), []);
  assert.equal(server.listings().length, 1);
});

test("nothing is lost or done twice when the answer is lost after the server committed", async () => {
  server.nextTime(answerLost);
  const { id } = await offer("l1");
  await sync();
  assert.equal(server.listings().length, 1);
  assert.deepEqual(
    (await outbox()).map((each) => each.id),
    [id],
  );
  await sync();
  assert.deepEqual(
    syncs()
      .map(({ body }) => body.operations.map((each) => each.id))
      .slice(0, 2),
    [[id], [id]],
  );
  assert.equal(server.listings().length, 1);
  assert.equal((await rows("listing")).length, 1);
});

test("an operation that an answer says nothing of stays unsent", async () => {
  server.nextTime(says(200, { server_time: "2026-11-21T00:00:00Z", oldest_client: 1 }));
  await offer("l1");
  await sync();
  assert.equal((await outbox())[0].state, "saved");
  await sync();
  assert.deepEqual(await outbox(), []);
});

test("results of operations that were not sent are ignored", async () => {
  const strange = { id: "0190-unknown", outcome: "done", rows: { listing: [{ id: "not hers" }] } };
  server.nextTime(says(200, { server_time: "now", results: [strange] }));
  assert.equal((await sync()).state, "idle");
  assert.deepEqual(await contents("outbox"), []);
  assert.deepEqual(await rows("listing"), []);
});

test("an operation leaves the outbox in the transaction that writes its rows, or not at all", async () => {
  server.nextTime(
    says(200, {
      server_time: "now",
      // A row without an id can't be stored: the transaction fails as on a full disk.
      scopes: { near: { cursor: "x:1", put: { listing: [{ id: "fine" }, { id: undefined }] } } },
    }),
  );
  const hush = console.error;
  console.error = () => {};
  await offer("l1");
  assert.equal((await sync()).state, "failed");
  console.error = hush;
  assert.equal((await outbox()).length, 1);
  assert.deepEqual(await contents("rows"), []);
  await sync();
  assert.deepEqual(await outbox(), []);
  assert.equal((await only("listing")).id, "l1");
});

test("a phone killed while it was sending sends again", async () => {
  let reached;
  const sent = new Promise((resolve) => {
    reached = resolve;
  });
  server.nextTime(async (answer) => {
    reached();
    await answer();
    throw new TypeError("killed");
  });
  await offer("l1");
  await sent;
  assert.equal((await outbox())[0].state, "sending");
  assert.equal((await contents("outbox"))[0].state, "saved");
  reopen();
  await sync();
  await sync();
  assert.deepEqual(await outbox(), []);
  assert.equal(server.listings().length, 1);
});

test("batches hold fifty, and halve when the server finds them too large", async () => {
  server.nextTime(noNetwork);
  await offer("l0");
  await sync();
  let open;
  const gate = new Promise((resolve) => {
    open = resolve;
  });
  browser.locks.request("", () => gate); // another tab is at it
  for (let n = 1; n < 60; n++) await offer(`l${n}`);
  server.most = 30;
  server.requests.length = 0;
  open();
  await sync();
  assert.deepEqual(
    syncs().map(({ body }) => body.operations.length),
    [50, 25, 25, 10],
  );
  assert.equal(server.listings().length, 60);
});

test("an operation that alone is too large needs attention, and the others go", async () => {
  server.most = 0;
  await offer("l1");
  await sync();
  assert.equal((await only("listing")).work.outcome, "too_large");
  server.most = 50;
  await offer("l2");
  await sync();
  assert.deepEqual(
    (await outbox()).map((each) => each.row),
    ["l1"],
  );
  assert.equal(server.listings().length, 1);
});

const portals = {
  "a captive portal's page": says(200, "<html>Welcome to Hotel</html>"),
  "an empty answer": says(200, ""),
  "another program's JSON": says(200, { hello: "world" }),
  "a gateway's 502": says(502, "<h1>Bad gateway</h1>"),
  "a proxy's 403": says(403, "<h1>Forbidden</h1>"),
  "a proxy's 401": says(401, "<h1>Log in to Wi-Fi</h1>"),
};
for (const [what, fault] of Object.entries(portals)) {
  test(`${what} is no answer`, async () => {
    server.nextTime(fault);
    await offer("l1");
    const { state, next_at } = await sync();
    assert.equal(state, "unreachable");
    assert.ok(next_at > Date.now());
    assert.equal((await outbox())[0].state, "saved");
  });
}

test("waits grow while the server can't be reached, and vary", async () => {
  await sync();
  const waits = [];
  for (let n = 0; n < 12; n++) {
    server.nextTime(noNetwork);
    waits.push((await sync()).next_at - Date.now());
  }
  assert.ok(waits[0] <= 2000 && waits[4] > waits[0] * 4, `${waits}`);
  assert.ok(waits.at(-1) >= 140_000 && waits.at(-1) <= 300_000, `${waits}`);
  assert.ok(new Set(waits.slice(-3).map(Math.round)).size > 1);
});

test("a time that the server names is waited for, whatever happens", async () => {
  server.nextTime(says(429, { error: "slow_down" }, { "Retry-After": "120" }));
  const { next_at } = await sync();
  assert.ok(Math.abs(next_at - Date.now() - 120_000) < 2000);
  await offer("l1");
  await sync();
  assert.equal(syncs().length, 1);
  await waitIsOver();
  await sync();
  assert.deepEqual(await outbox(), []);
});

test("a date in Retry-After is understood, from a proxy's 503 too", async () => {
  const date = new Date(Date.now() + 60_000).toUTCString();
  server.nextTime(says(503, "<h1>Down</h1>", { "Retry-After": date }));
  const { state, next_at } = await sync();
  assert.equal(state, "unreachable");
  assert.ok(Math.abs(next_at - Date.now() - 60_000) < 2000);
});

test("signed out, the phone keeps everything and asks with empty hands before it sends", async () => {
  server.put("near", "listing", { id: "n1" });
  await sync();
  server.person = undefined;
  await offer("l1");
  assert.equal((await sync()).state, "signed_out");
  assert.equal((await rows("listing")).length, 2);
  server.person = "anna";
  server.requests.length = 0;
  await sync();
  assert.deepEqual(
    syncs().map(({ body }) => body.operations.length),
    [0, 1],
  );
  assert.deepEqual(await outbox(), []);
});

for (const [code, state, error = state] of [
  [403, "suspended"],
  [410, "erased"],
  [426, "client_too_old"],
  [400, "failed", "malformed"],
  [403, "failed", "other_origin"],
]) {
  test(`${code} for ${error} is ${state}, and nothing is lost`, async () => {
    server.nextTime(says(code, { error, message: "y" }));
    await offer("l1");
    assert.equal((await sync()).state, state);
    assert.equal((await outbox())[0].state, "saved");
  });
}

test("two syncs at once make one request", async () => {
  await Promise.all([sync(), sync(), sync()]);
  assert.equal(syncs().length, 1);
  assert.equal(server.mostInFlight, 1);
});

test("without locks too, one request is under way at a time", async () => {
  const { locks } = browser;
  browser.locks = undefined;
  await Promise.all([sync(), offer("l1"), sync()]);
  await sync();
  browser.locks = locks;
  assert.equal(server.mostInFlight, 1);
  assert.deepEqual(await outbox(), []);
});

test("what is done while a request is under way goes right after it", async () => {
  let performed;
  server.nextTime(async (answer) => {
    performed = await offer("l1");
    return answer();
  });
  await sync();
  assert.equal(syncs().length, 2);
  assert.equal(syncs()[1].body.operations[0].id, performed.id);
});

test("a refusal needs attention, keeps what was typed, and its replacement is sent", async () => {
  server.verdicts["listing.publish"] = {
    outcome: "rejected",
    errors: { volume_ml: ["Too much."] },
  };
  const { id } = await offer("l1", { volume_ml: "999999" });
  await sync();
  const { work, fields } = await only("listing");
  assert.deepEqual(
    [work.state, work.outcome, work.errors],
    ["attention", "rejected", { volume_ml: ["Too much."] }],
  );
  assert.equal(fields.volume_ml, "999999");
  server.verdicts = {};
  const fresh = await replace(id, { fields: { kind: "offer", volume_ml: "900" } });
  assert.notEqual(fresh.id, id);
  await sync();
  assert.equal((await only("listing")).fields.volume_ml, "900");
  assert.deepEqual(await outbox(), []);
});

test("what builds on a refused listing waits for it, and follows its replacement", async () => {
  server.verdicts["listing.publish"] = { outcome: "confirm" };
  const { id } = await offer("l1");
  await sync();
  const pause = await perform({ kind: "listing.pause", row: "l1" });
  assert.deepEqual(pause.after, [id]);
  server.requests.length = 0;
  await sync();
  assert.ok(syncs().every(({ body }) => body.operations.length === 0));
  server.verdicts = {};
  const fresh = await retry(id);
  await sync();
  const sent = syncs().flatMap(({ body }) => body.operations);
  assert.deepEqual(
    sent.map((each) => [each.kind, each.after]),
    [
      ["listing.publish", []],
      ["listing.pause", [fresh.id]],
    ],
  );
  assert.deepEqual(await outbox(), []);
});

test("a refused note never keeps a listing from being paused", async () => {
  await offer("l1");
  await sync();
  server.verdicts["listing.edit"] = { outcome: "rejected", errors: { note: ["Too long."] } };
  await perform({ kind: "listing.edit", row: "l1", fields: { note: "…" }, was: { note: "" } });
  await perform({ kind: "listing.pause", row: "l1" });
  await sync();
  await sync();
  assert.deepEqual(
    (await outbox()).map((each) => [each.kind, each.state]),
    [["listing.edit", "attention"]],
  );
});

test("five failures of the server need attention, and retrying keeps the id", async () => {
  server.verdicts["listing.publish"] = { outcome: "failed" };
  const { id } = await offer("l1");
  for (let n = 0; n < 8; n++) await sync();
  assert.equal((await only("listing")).work.state, "attention");
  assert.equal(syncs().filter(({ body }) => body.operations.length).length, 5);
  server.verdicts = {};
  await retry(id);
  await sync();
  assert.equal(server.listings().length, 1);
  assert.ok(server.ledger.has(`anna ${id}`));
});

test("discarding a listing that was not sent discards what was done to it", async () => {
  server.nextTime(noNetwork);
  const { id } = await offer("l1");
  await sync();
  server.nextTime(noNetwork);
  await perform({ kind: "listing.pause", row: "l1" });
  await sync();
  server.nextTime(noNetwork);
  assert.equal(await discard(id), true);
  assert.deepEqual(await outbox(), []);
  assert.deepEqual(await rows("listing"), []);
});

test("what is done can't be discarded", async () => {
  const { id } = await offer("l1");
  await sync();
  assert.equal(await discard(id), false);
  assert.equal(await replace(id), undefined);
  assert.equal((await only("listing")).id, "l1");
});

test("pages are fetched until the last, and each begins where the one before ended", async () => {
  server.pageSize = 10;
  for (let n = 0; n < 35; n++) server.put("near", "listing", { id: `n${n}` });
  await sync();
  assert.equal((await rows("listing")).length, 35);
  assert.equal(syncs().length, 4);
});

test("what is no longer hers to see goes", async () => {
  server.put("near", "listing", { id: "n1" });
  await sync();
  server.del("near", "listing", "n1");
  await sync();
  assert.deepEqual(await rows("listing"), []);
});

test("a reset is seen whole, with its last page, and not before", async () => {
  for (let n = 0; n < 3; n++) server.put("near", "listing", { id: `old${n}` });
  await sync();
  server.restore();
  server.pageSize = 2;
  for (let n = 0; n < 5; n++) server.put("near", "listing", { id: `new${n}` });
  const seen = [];
  const look = async (answer) => {
    seen.push((await rows("listing")).map(({ id }) => id.slice(0, 3)).join());
    return answer();
  };
  server.nextTime(look, look, look);
  await sync();
  assert.deepEqual(seen, ["old,old,old", "old,old,old", "old,old,old"]);
  assert.deepEqual(
    (await rows("listing")).map(({ id }) => id),
    ["new0", "new1", "new2", "new3", "new4"],
  );
  assert.equal((await contents("rows")).length, 5);
});

test("a reset that was cut off goes on where it was", async () => {
  server.put("near", "listing", { id: "old" });
  await sync();
  server.restore();
  server.pageSize = 2;
  for (let n = 0; n < 5; n++) server.put("near", "listing", { id: `new${n}` });
  server.nextTime((answer) => answer(), noNetwork);
  await sync();
  assert.deepEqual(
    (await rows("listing")).map(({ id }) => id),
    ["old"],
  );
  reopen();
  await sync();
  assert.equal((await rows("listing")).length, 5);
});

test("what is done while a reset is being fetched is there when it is swapped in", async () => {
  await offer("old");
  await sync();
  const { remember, recall } = await import("../../../webapp/static/js/phone/database.js");
  const { cursor } = await recall("me");
  await remember("me", { cursor, generation: 0, filling: 1 });
  const last = { cursor: "first:9", put: { listing: [{ id: "other" }] } };
  server.nextTime(async (answer, { operations }) => {
    const said = await (await answer()).json();
    assert.equal(operations.length, 1);
    return Response.json({ ...said, scopes: { me: last } });
  });
  await offer("l1");
  await sync();
  assert.deepEqual((await rows("listing")).map(({ id }) => id).sort(), ["l1", "old", "other"]);
});

test("a server restored from a backup gets back what it lost", async () => {
  await offer("l1");
  await sync();
  server.restore();
  await sync();
  assert.deepEqual(
    server.listings().map(({ id }) => id),
    ["l1"],
  );
  assert.equal((await only("listing")).work.state, "sent");
});

test("an answer for a store that moved on meanwhile changes nothing", async () => {
  const { remember } = await import("../../../webapp/static/js/phone/database.js");
  server.put("near", "listing", { id: "n1" });
  server.nextTime(async (answer) => {
    await remember("near", { cursor: "first:99", generation: 0 });
    return answer();
  });
  await offer("l1");
  await sync();
  assert.equal((await outbox())[0].state, "saved");
  assert.deepEqual(await contents("rows"), []);
});

test("another person who signs in neither sees nor sends the first one's things", async () => {
  server.put("me", "person", { id: "p-anna" });
  server.put("near", "listing", { id: "n1" });
  await sync();
  server.nextTime(noNetwork);
  await offer("l1");
  await sync();
  phone.drafts.save("note", "hers");
  await phone.drafts.flush();
  server.person = "berta";
  server.put("me", "person", { id: "p-berta" });
  assert.equal((await sync()).state, "idle");
  assert.deepEqual(await rows("listing"), []);
  assert.deepEqual(await outbox(), []);
  assert.deepEqual(await phone.drafts.list(), []);
  assert.equal((await phone.me()).id, "p-berta");
  assert.deepEqual(server.listings("berta"), []);

  await phone.signOut();
  await sync();
  server.person = "anna";
  await sync();
  await sync();
  assert.deepEqual(
    server.listings("anna").map(({ id }) => id),
    ["l1"],
  );
  assert.equal(await phone.drafts.load("note"), "hers");
});

test("another person's row in an answer is never mixed in", async () => {
  server.put("me", "person", { id: "p-anna" });
  await sync();
  const theirs = { me: { cursor: "first:9", put: { person: [{ id: "p-berta" }] } } };
  server.nextTime(says(200, { server_time: "now", scopes: theirs }));
  await sync();
  assert.deepEqual(
    (await rows("person")).map(({ id }) => id),
    ["p-anna"],
  );
});

test("signing out leaves no row, without a network too, and is the first the server hears", async () => {
  server.put("near", "listing", { id: "n1" });
  await offer("l1");
  await sync();
  phone.drafts.save("offer/new", { note: "hello" });
  globalThis.fetch = noNetwork;
  await phone.signOut();
  for (const name of STORES.filter((each) => each !== "meta"))
    assert.deepEqual(await contents(name), [], name);
  await sync();
  globalThis.fetch = server.fetch;
  server.requests.length = 0;
  assert.equal((await sync()).state, "signed_out");
  assert.deepEqual(
    server.requests.map(({ address }) => address),
    ["/sign-out"],
  );
  assert.equal(server.signOuts, 1);
  await sync();
  assert.equal(server.requests.at(-1).address, "/api/sync");
});

test("while a sign-out is not told, nothing syncs", async () => {
  server.nextTime(noNetwork);
  await phone.signOut();
  await sync();
  server.nextTime(says(200, "<h1>Wi-Fi</h1>"), says(503, "", {}));
  await offer("l1");
  await sync();
  await sync();
  assert.ok(server.requests.every(({ address }) => address === "/sign-out"));
  assert.equal((await outbox()).length, 1);
});

test("an answer that comes after signing out is not taken in", async () => {
  server.put("near", "listing", { id: "n1" });
  server.nextTime(async (answer) => {
    const said = answer();
    await phone.signOut();
    return said;
  });
  await sync();
  await sync();
  assert.deepEqual(await contents("rows"), []);
});

test("a new device name comes with each emptied store", async () => {
  await sync();
  const before = syncs().at(-1).body.device;
  await phone.signOut();
  await sync();
  server.person = "anna";
  await sync();
  assert.notEqual(syncs().at(-1).body.device, before);
});

test("nothing is asked when nothing waits and no answer is wanted", async () => {
  await sync(false);
  assert.equal(syncs().length, 0);
});

test("an idle request is small", async () => {
  await sync();
  await sync();
  assert.ok(JSON.stringify(syncs().at(-1).body).length <= 250);
});

test("cards near her give way to her own rows", async () => {
  server.put("near", "listing", { id: "l1", from: "near" });
  server.put("me", "listing", { id: "l1", from: "me" });
  await sync();
  assert.equal((await row("listing", "l1")).from, "me");
  assert.equal((await only("listing")).from, "me");
});

test("the status tells when the last answer came", async () => {
  await sync();
  assert.ok(Date.now() - Date.parse(status().synced_at) < 5000);
});
