import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { newPhone, page, until } from "../phone_world.js";
import { noNetwork } from "../wire_server.js";

const { drafts, enliven, me, perform, ready, rows, status, sync } = await import(
  "../../../webapp/static/js/phone/index.js"
);

let server;
const { setInterval: real } = globalThis;
const { now } = Date;
let minutes;
let beats;
/** How far the page's clock has come since the tests began, in milliseconds. */
let passed = 0;
before(async () => {
  // The one clock of the page, by hand.
  globalThis.setInterval = (tick, wait) => {
    if (wait === 60_000) minutes = tick;
    else beats = tick;
    return wait;
  };
  const began = now();
  // It stands still but where a test moves it: which beat comes first hangs on milliseconds.
  Date.now = () => began + passed;
  server = await newPhone();
});
after(() => {
  globalThis.setInterval = real;
  Date.now = now;
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

/** Beat by beat, at which of so many seconds from now on the page syncs that is left alone. */
async function looks(seconds) {
  const looked = [];
  for (let at = 4.5; at <= seconds; at += 4.5) {
    passed += 4_500;
    const before = syncs();
    beats();
    await sync(false);
    if (syncs() > before) looked.push(at);
  }
  return looked;
}

test("a lively conversation is looked after within five seconds, a quiet one less and less", async () => {
  await sync();
  enliven();
  const looked = await looks(400);
  assert.deepEqual(looked.slice(0, 6), [4.5, 9, 13.5, 18, 22.5, 27]);
  const waits = looked.map((at, n) => at - (looked[n - 1] ?? 0));
  assert.deepEqual(
    waits,
    waits.toSorted((a, b) => a - b),
  );
  assert.ok(waits.at(-1) > 50 && looked.at(-1) <= 360);
  assert.ok(looked.length < 25, `${looked.length} syncs`);
});

test("what comes makes it lively again, and a hidden page asks nothing", async () => {
  enliven();
  await looks(200);
  page.hidden = true;
  enliven();
  assert.deepEqual(await looks(20), []);
  page.hidden = false;
  enliven();
  assert.deepEqual(await looks(10), [4.5, 9]);
});

test("a letter from a server whose clock is ahead keeps no phone awake, nor does an old one", async () => {
  enliven(Date.now() + 86_400_000);
  assert.ok((await looks(1000)).at(-1) <= 360);
  enliven(Date.now() - 86_400_000);
  assert.deepEqual(await looks(20), []);
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
