/**
 * A phone's life without much signal, by today's modules, printed as its store stands in the end.
 * Once a version of the database is released: node tests/js/phone/stores/keep.js > …/<version>.json
 */
import { newPhone } from "../../phone_world.js";
import { noNetwork } from "../../wire_server.js";
import { dump } from "./stores.js";

const { remember, writing } = await import("../../../../webapp/static/js/phone/database.js");
const { drafts, perform, sync } = await import("../../../../webapp/static/js/phone/index.js");

const uuid = (number) => `0190a000-0000-7000-8000-${String(number).padStart(12, "0")}`;
const [ANNA, JUNE, OFFER, LATER, OTHER, TALK] = [1, 2, 3, 4, 5, 6].map(uuid);
const CELL = { id: "8728f0190ffffff", lat: 45.5, lng: -122.43, near: "Gresham" };
const FIELDS = { kind: "offer", volume_ml: "11829", place: "5729485", handover: "public" };
const card = (number) => ({
  ...{ id: uuid(number), kind: "request", volume_ml: 500 + number, cell: CELL },
  ...{ fresh_on: "2026-11-20", age_band: "under_6m", need: "weeks" },
});

const server = await newPhone();
const offline = async (work) => {
  server.nextTime(noNetwork);
  const done = await work();
  await sync();
  server.faults.length = 0;
  return done;
};
const her = (id, name) => ({ id, name, welcomed: true, units: "oz", reach_km: 16 });

server.person = JUNE;
server.put("me", "person", her(JUNE, "June"));
await sync();
await offline(() => perform({ kind: "listing.publish", row: uuid(90), fields: FIELDS }));
drafts.save("request/new", { values: { kind: "request", volume_ml: "3000" }, step: 1 });
await drafts.flush();

server.person = ANNA;
const fill = () => {
  server.put("me", "person", her(ANNA, "Anna"));
  server.put("me", "match", {
    ...{ id: uuid(7), mine: OFFER, other: OTHER, fit: "whole", rank: 1, card: card(5) },
    lines: [{ what: "diet", verdict: "fits" }],
  });
  server.put("me", "conversation", { id: TALK, listing: OTHER, mine: OFFER, position: 1, read: 0 });
  server.put("me", "message", { id: uuid(8), conversation: TALK, text: "Hello", position: 1 });
  server.put("me", "alert", { id: uuid(9), kind: "match", match: uuid(7), listing: OTHER });
  for (let number = 20; number < 26; number++) server.put("near", "listing", card(number));
};
fill();
await sync();

await perform({ kind: "listing.publish", row: OFFER, fields: FIELDS });
await sync();
server.verdicts["listing.edit"] = { outcome: "rejected", errors: { note: ["That is too long."] } };
const note = { fields: { note: "A long note" }, was: { note: "" } };
await perform({ kind: "listing.edit", row: OFFER, ...note });
await sync();
server.verdicts["listing.edit"] = {
  outcome: "conflict",
  conflicts: { volume_ml: { yours: "9000", theirs: "8000" } },
};
const volume = { fields: { volume_ml: "9000" }, was: { volume_ml: "11829" } };
await perform({ kind: "listing.edit", row: OFFER, ...volume });
await sync();

// From a backup, and the signal went while its pages were being fetched.
server.restore();
fill();
server.pageSize = 4;
server.nextTime(undefined, noNetwork);
await sync();
server.faults.length = 0;

await offline(() => perform({ kind: "listing.publish", row: LATER, fields: FIELDS }));
await offline(() => perform({ kind: "listing.pause", row: LATER }));
const letter = { conversation: TALK, text: "Saturday would suit me" };
await offline(() => perform({ kind: "message.send", row: uuid(10), fields: letter }));
await offline(() => perform({ kind: "conversation.read", row: TALK, fields: { position: "1" } }));
drafts.save("offer/new", { values: { ...FIELDS, note: "half-wri" }, step: 2 });
drafts.save(`letter/${TALK}`, { text: "And on Sunday" });
await drafts.flush();
await writing(({ pushed }) => pushed.put(card(30), ["listing", uuid(30)]));
await remember("alerts", { endpoint: "https://push.example/1", told_at: 1_764_000_000_000 });

console.log(JSON.stringify(await dump(), null, 1));
process.exit();
