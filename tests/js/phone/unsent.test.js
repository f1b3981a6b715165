import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { contents, newPhone } from "../phone_world.js";
import { noNetwork } from "../wire_server.js";

const { drafts, outbox, perform, signOut, sync } = await import(
  "../../../webapp/static/js/phone/index.js"
);
const { loadUnsent, unsent } = await import("../../../webapp/static/js/phone/unsent.js");

const LISTING = "0190a000-0000-7000-8000-000000000001";
const HER = { id: "p-anna" };

let server;
beforeEach(async () => {
  await sync();
  server = await newPhone();
  server.put("me", "person", HER);
  await sync();
});

const loseSignal = () => server.nextTime(...Array(9).fill(noNetwork));
const findSignal = () => server.faults.splice(0);

const file = (said) => new Blob([typeof said === "string" ? said : JSON.stringify(said)]);

/** One offer and one draft that the server hasn't seen, as a file. */
async function saved() {
  loseSignal();
  await perform({
    kind: "listing.publish",
    row: LISTING,
    fields: { kind: "offer", diet: ["vegan"] },
  });
  await sync();
  drafts.save("request/new", { values: { note: ["Evenings"] }, step: 1 });
  findSignal();
  return unsent();
}

/** Signed out and in again: an empty store of the same person. */
async function signedInAgain() {
  await signOut();
  await sync();
  server.person = "anna";
  await sync();
}

test("what was saved as a file comes back after a sign-out, and is done once", async () => {
  const said = await saved();
  assert.equal(said.person, HER.id);
  await signedInAgain();
  assert.deepEqual(await outbox(), []);

  loseSignal();
  assert.equal(await loadUnsent(file(said)), "loaded");
  assert.deepEqual(
    (await outbox()).map(({ id, fields }) => [id, fields]),
    said.operations.map(({ id, fields }) => [id, fields]),
  );
  assert.deepEqual(await drafts.load("request/new"), said.drafts[0].value);
  await sync();
  findSignal();
  await sync();
  assert.equal(server.listings().length, 1);

  assert.equal(await loadUnsent(file(said)), "here");
  assert.equal((await contents("outbox")).length, 1);
  assert.deepEqual(await outbox(), []);
});

test("what the server has done already is answered again, and not done again", async () => {
  const said = await saved();
  await sync();
  assert.equal(server.listings().length, 1);
  await signedInAgain();
  assert.equal(await loadUnsent(file(said)), "loaded");
  await sync();
  assert.equal(server.listings().length, 1);
  assert.deepEqual(await outbox(), []);
});

test("a draft that is here stays as it is here", async () => {
  const said = await saved();
  drafts.save("request/new", { values: { note: ["Mornings"] }, step: 2 });
  assert.equal(await loadUnsent(file(said)), "here");
  assert.deepEqual((await drafts.load("request/new")).values, { note: ["Mornings"] });
});

test("a draft of another shape, such as a letter, is kept too", async () => {
  const said = await saved();
  for (const value of ["Hello", { text: "Hello" }]) {
    const draft = { key: `letter:${typeof value}`, value, saved_at: "2026-11-21T12:00:00Z" };
    assert.equal(await loadUnsent(file({ ...said, drafts: [draft] })), "loaded");
  }
});

test("another person's file is not hers to send", async () => {
  const said = await saved();
  const before = await contents("outbox");
  assert.equal(await loadUnsent(file({ ...said, person: "p-berta" })), "other");
  assert.deepEqual(await contents("outbox"), before);
});

test("everything of hers, as the server gives it, holds nothing to send", async () => {
  const everything = { milkwell: { what: "Everything" }, account: {}, operations: [] };
  assert.equal(await loadUnsent(file(everything)), "everything");
});

const broken = {
  "no JSON": "<!doctype html>",
  nothing: "",
  "half a file": '{"unsent": 1, "operations": [{"id"',
  "a list": [],
  null: "null",
  "no operations": { unsent: 1, person: HER.id, drafts: [] },
};
for (const [what, said] of Object.entries(broken)) {
  test(`${what} is said to be broken, and changes nothing`, async () => {
    assert.equal(await loadUnsent(file(said)), "broken");
    assert.deepEqual(await contents("outbox"), []);
  });
}

const wrong = {
  id: "1",
  row: 1,
  kind: 7,
  after: [1],
  made_at: "yesterday",
  fields: { note: { html: "<b>" } },
  was: { diet: [["vegan"]] },
};
for (const [name, value] of Object.entries(wrong)) {
  test(`one operation with a wrong ${name} keeps the whole file out`, async () => {
    const said = await saved();
    const [operation] = said.operations;
    const other = { ...operation, id: operation.id.replace(/^./, "1"), [name]: value };
    const trouble = await loadUnsent(file({ ...said, operations: [operation, other] }));
    assert.equal(trouble, "broken");
    assert.equal((await contents("outbox")).length, 1);
  });
}

test("a file far too large is not even read", async () => {
  const huge = { size: 50_000_000, text: () => assert.fail("it was read") };
  assert.equal(await loadUnsent(/** @type {any} */ (huge)), "large");
});

test("how far she has read is nothing to save", async () => {
  loseSignal();
  await perform({ kind: "conversation.read", row: LISTING, fields: { position: "3" } });
  assert.deepEqual((await unsent()).operations, []);
  assert.deepEqual(await outbox(), []);
});
