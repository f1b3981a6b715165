import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { newPhone } from "../phone_world.js";
import { noNetwork } from "../wire_server.js";

const { recall, remember } = await import("../../../webapp/static/js/phone/database.js");
const { row, sync } = await import("../../../webapp/static/js/phone/index.js");
const { letGo } = await import("../../../webapp/static/js/phone/granted.js");

const DAY_MS = 86_400_000;
const SECRET = "quixotiline";
const screening = { level: "all", answered_on: "2026-06-01", answers: [{ detail: SECRET }] };

let server;
beforeEach(async () => {
  server = await newPhone();
  server.put("me", "person", { id: "anna", name: "Anna", welcomed: true });
  server.put("me", "conversation", { id: "c", other: "o", screening });
  server.put("me", "conversation", { id: "d", other: "p", at: "2026-11-01" });
  await sync();
});

const synced = async () => Date.parse(await recall("synced_at"));
const shown = async () => (await row("conversation", "c")).screening;

test("what was granted stays for seven days without the server", async () => {
  await letGo((await synced()) + 7 * DAY_MS - 1);
  assert.deepEqual(await shown(), screening);
});

test("after seven days without the server it is gone, and nothing else is", async () => {
  await letGo((await synced()) + 7 * DAY_MS);
  assert.deepEqual(await row("conversation", "c"), { id: "c", other: "o" });
  assert.deepEqual(await row("conversation", "d"), { id: "d", other: "p", at: "2026-11-01" });
});

test("it comes again with the next sync, where it is still granted", async () => {
  await letGo((await synced()) + 8 * DAY_MS);
  server.nextTime(noNetwork);
  await sync();
  assert.equal(await shown(), undefined);
  await sync();
  assert.deepEqual(await shown(), screening);
});

test("it doesn't come again where it was taken back meanwhile", async () => {
  await letGo((await synced()) + 8 * DAY_MS);
  server.put("me", "conversation", { id: "c", other: "o" });
  await sync();
  assert.equal(await shown(), undefined);
});

test("a clock that is set back behind the last sync lets go of it at once", async () => {
  await letGo((await synced()) - 3 * DAY_MS);
  assert.equal(await shown(), undefined);
});

test("a clock that is set back again and again doesn't keep it for ever", async () => {
  const begun = await synced();
  await letGo(begun + 6 * DAY_MS);
  assert.deepEqual(await shown(), screening);
  await letGo(begun + DAY_MS);
  assert.equal(await shown(), undefined);
});

test("a clock that was wrong and is put right again after a sync loses nothing", async () => {
  await letGo((await synced()) + 6 * DAY_MS);
  await remember("synced_at", new Date((await synced()) + 1).toISOString());
  await letGo(await synced());
  assert.deepEqual(await shown(), screening);
});

test("a clock that is put right by a minute loses nothing", async () => {
  const begun = await synced();
  await letGo(begun + DAY_MS);
  await letGo(begun + DAY_MS - 60_000);
  assert.deepEqual(await shown(), screening);
});

test("what a phone is still filling is let go of too", async () => {
  const me = await recall("me");
  await remember("me", { ...me, filling: me.generation + 1 });
  const { writing } = await import("../../../webapp/static/js/phone/database.js");
  await writing(({ rows }) =>
    rows.put({ id: "c", screening }, ["me", me.generation + 1, "conversation", "c"]),
  );
  await letGo((await synced()) + 8 * DAY_MS);
  const kept = await writing(({ rows }) => rows.getAll());
  assert.ok(!JSON.stringify(kept).includes(SECRET));
});
