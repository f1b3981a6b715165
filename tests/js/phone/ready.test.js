import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { newPhone, page, until } from "../phone_world.js";
import { noNetwork } from "../wire_server.js";

const { drafts, enliven, me, perform, ready, rows, status, sync } = await import(
  "../../../webapp/static/js/phone/index.js"
);

let server;
const { setInterval: real } = globalThis;
let minutes;
let beats;
before(async () => {
  // The one clock of the page, by hand.
  globalThis.setInterval = (tick, wait) => {
    if (wait === 60_000) minutes = tick;
    else beats = tick;
    return wait;
  };
  server = await newPhone();
});
after(() => {
  globalThis.setInterval = real;
});

const syncs = () => server.requests.length;

test("a page that opens syncs", async () => {
  await ready();
  await sync();
  assert.equal(syncs(), 1);
});

const hints = {
  "coming back to the page": () => page.dispatchEvent(new Event("visibilitychange")),
  "the browser's word that it is online": () => dispatchEvent(new Event("online")),
  "a minute gone by": () => minutes(),
};
for (const [what, hint] of Object.entries(hints)) {
  test(`${what} syncs`, async () => {
    const asked = syncs();
    hint();
    await until(() => syncs() > asked);
    await sync();
  });
}

test("a minute gone by is no reason while the page is hidden or a wait lasts", async () => {
  const asked = syncs();
  page.hidden = true;
  minutes();
  page.hidden = false;
  server.nextTime(noNetwork);
  await sync();
  assert.ok(status().next_at > Date.now());
  minutes();
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(syncs(), asked + 1);
});

test("a lively conversation is looked after every five seconds, and a quiet one is not", async () => {
  await sync();
  enliven();
  const asked = syncs();
  beats();
  await until(() => syncs() > asked);
  await sync();
  const { now } = Date;
  Date.now = () => now() + 301_000;
  const before = syncs();
  beats();
  Date.now = now;
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(syncs(), before);
});

test("what couldn't be sent is tried again by itself", async () => {
  await sync();
  server.nextTime(noNetwork);
  await perform({ kind: "listing.publish", row: "l1" });
  await until(() => server.listings().length === 1);
});

test("right after a sign-in nothing shows until the server says whose phone this is", async () => {
  server.put("me", "person", { id: "p-anna" });
  await until(async () => (await sync()) && (await me()));
  drafts.save("note", "hers");
  await drafts.flush();
  assert.equal((await me()).id, "p-anna");
  page.referrer = "https://milkwell.example/sign-in?next=/nearby";
  server.person = "berta";
  server.put("me", "person", { id: "p-berta" });
  await ready();
  page.referrer = "";
  assert.deepEqual(
    (await rows("person")).map(({ id }) => id),
    ["p-berta"],
  );
  assert.deepEqual(await drafts.list(), []);
});
