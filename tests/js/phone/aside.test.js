import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { contents, newPhone } from "../phone_world.js";
import { noNetwork } from "../wire_server.js";

const { apart, drafts, dropApart, me, outbox, perform, signOut, sync } = await import(
  "../../../webapp/static/js/phone/index.js"
);

const KEYS = { anna: btoa("a".repeat(32)), berta: btoa("b".repeat(32)) };
const SECRET = "medicine that nobody else reads";

let server;
beforeEach(async () => {
  await sync();
  server = await newPhone();
  tellSeals();
});

function tellSeals() {
  for (const [person, seal] of Object.entries(KEYS)) {
    server.put("me", "person", { id: `p-${person}`, seal }, person);
  }
}

const write = (row, note = SECRET) =>
  perform({ kind: "listing.publish", row, fields: { kind: "offer", note } });

/** Anna writes without signal, and Berta signs in on the same phone. */
async function changeHands() {
  await sync();
  server.nextTime(noNetwork);
  await write("l1");
  await sync();
  drafts.save("offer/new", { note: SECRET });
  await drafts.flush();
  server.person = "berta";
  await sync();
}

const bytes = (things) =>
  things
    .flat()
    .map(({ sealed }) => Buffer.from(sealed).toString("latin1"))
    .join("");

test("what somebody left is sealed: its number can be read, and nothing else", async () => {
  await changeHands();
  assert.equal((await me()).id, "p-berta");
  assert.deepEqual(await apart(), [{ owner: "p-anna", many: 2 }]);
  const kept = await contents("aside");
  assert.doesNotMatch(JSON.stringify(kept) + bytes(kept), /medicine|listing/);
});

test("it is hers again, all of it, when she signs in here, and goes out by itself", async () => {
  await changeHands();
  server.person = "anna";
  await sync();
  await sync();
  assert.deepEqual(
    server.listings("anna").map(({ id, row }) => [id, row.fields.note]),
    [["l1", SECRET]],
  );
  assert.equal((await drafts.load("offer/new")).note, SECRET);
  assert.deepEqual(await apart(), []);
});

test("what she had sent comes back with it, for a server that lost it meanwhile", async () => {
  await sync();
  await write("l1");
  await sync();
  server.person = "berta";
  await sync();
  assert.deepEqual(await apart(), []);
  server.restore();
  tellSeals();
  server.person = "anna";
  await sync();
  await sync();
  assert.deepEqual(
    server.listings("anna").map(({ id }) => id),
    ["l1"],
  );
});

test("another's key opens nothing", async () => {
  await changeHands();
  server.put("me", "person", { id: "p-anna", seal: KEYS.berta }, "anna");
  server.person = "anna";
  await sync();
  assert.deepEqual(await outbox(), []);
  assert.equal((await contents("aside")).length, 1);
});

test("what two people left lies side by side, and each gets her own", async () => {
  await changeHands();
  server.nextTime(noNetwork);
  await write("l2", "of Berta");
  await sync();
  server.person = "anna";
  await sync();
  await sync();
  assert.deepEqual(await apart(), [{ owner: "p-berta", many: 1 }]);
  server.person = "berta";
  await sync();
  await sync();
  assert.deepEqual(
    server.listings("berta").map(({ id }) => id),
    ["l2"],
  );
  // Her draft, which nothing was made of yet.
  assert.deepEqual(await apart(), [{ owner: "p-anna", many: 1 }]);
});

test("signing out leaves what another person left", async () => {
  await changeHands();
  await signOut();
  await sync();
  assert.deepEqual(await apart(), [{ owner: "p-anna", many: 2 }]);
});

test("whoever holds the phone can throw it away", async () => {
  await changeHands();
  await dropApart("p-anna");
  assert.deepEqual(await apart(), []);
  server.person = "anna";
  await sync();
  assert.deepEqual(await outbox(), []);
});
