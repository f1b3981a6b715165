import assert from "node:assert/strict";
import { test } from "node:test";
import { overlay } from "../../../webapp/static/js/phone/overlay.js";

const listing = {
  id: "r",
  mine: true,
  status: "open",
  volume_ml: 500,
  fields: { note: "old", volume_ml: "500" },
};
const person = {
  id: "r",
  name: "Anna",
  place: { id: "geonames:1", name: "Gresham" },
  reach_km: 16,
};

const operation = (kind, fields = {}, more = {}) => ({
  id: "1",
  kind,
  row: "r",
  after: [],
  made_at: "2026-11-21T03:00:00.000Z",
  fields,
  state: "saved",
  ...more,
});

/** One row under one operation, without its `work`. */
function laid(row, ...operations) {
  const noun = operations[0].kind.split(".")[0];
  const [result] = overlay(noun, row ? [row] : [], operations);
  if (!result) return undefined;
  const { work, ...rest } = result;
  return rest;
}

const effects = [
  ["a paused listing", listing, operation("listing.pause"), { status: "paused" }],
  [
    "a resumed listing",
    { ...listing, status: "paused" },
    operation("listing.resume"),
    { status: "open" },
  ],
  [
    "a renewed listing",
    { ...listing, status: "expired" },
    operation("listing.renew"),
    { status: "open" },
  ],
  ["a withdrawn listing", listing, operation("listing.withdraw"), { status: "withdrawn" }],
  ["a request that has enough", listing, operation("listing.enough"), { status: "closed" }],
  [
    "an offer of which part was given",
    listing,
    operation("listing.gave", { volume_ml: "200" }),
    { volume_ml: 300 },
  ],
  [
    "an offer that was given whole",
    listing,
    operation("listing.gave", { volume_ml: "500" }),
    { volume_ml: 0, status: "closed" },
  ],
  [
    "an edited note",
    listing,
    operation("listing.edit", { note: "new" }),
    { fields: { note: "new", volume_ml: "500" } },
  ],
  [
    "an edited amount",
    listing,
    operation("listing.edit", { volume_ml: "900" }),
    { volume_ml: 900, fields: { note: "old", volume_ml: "900" } },
  ],
  [
    "an edited person",
    person,
    operation("person.edit", { name: "Ann", mail_me: "y", reach_km: "30" }),
    { name: "Ann", mail_me: true, reach_km: 30 },
  ],
  [
    "a switch turned off",
    { ...person, mail_me: true },
    operation("person.edit", { mail_me: "" }),
    { mail_me: false },
  ],
  [
    "hours, and how many a day,",
    person,
    operation("person.edit", { quiet_from: "0", quiet_until: "6", alerts_a_day: "3" }),
    { quiet_from: 0, quiet_until: 6, alerts_a_day: 3 },
  ],
  [
    "how one kind is told",
    { ...person, tell_match: "on" },
    operation("person.edit", { tell_match: "quiet" }),
    { tell_match: "quiet" },
  ],
  [
    "a night without alerts",
    person,
    operation("person.mute", { until: "2026-11-22T07:00:00Z" }),
    { muted_until: "2026-11-22T07:00:00Z" },
  ],
  ["a place that stays", person, operation("person.edit", { place: "geonames:1" }), {}],
  [
    "a new place",
    person,
    operation("person.edit", { place: "geonames:2" }),
    { place: { id: "geonames:2" } },
  ],
  [
    "a new place that the view knows",
    person,
    operation(
      "person.edit",
      { place: "geonames:2" },
      { shows: { place: { id: "geonames:2", name: "Sandy" } } },
    ),
    { place: { id: "geonames:2", name: "Sandy" } },
  ],
  [
    "a welcome",
    { id: "r" },
    operation("person.welcome", { units: "oz", adult: "y" }),
    { units: "oz", welcomed: true },
  ],
];
for (const [what, row, done, difference] of effects) {
  test(`${what} shows at once`, () => {
    assert.deepEqual(laid(row, done), { ...row, ...difference });
  });
}

test("a listing that no server has seen shows whole", () => {
  const fields = { kind: "offer", volume_ml: "700", diet: ["vegan"] };
  assert.deepEqual(laid(undefined, operation("listing.publish", fields)), {
    id: "r",
    mine: true,
    kind: "offer",
    status: "open",
    published_at: "2026-11-21T03:00:00.000Z",
    fields,
    volume_ml: 700,
  });
});

test("what was done lies over what was done before", () => {
  const publish = operation("listing.publish", { kind: "offer", volume_ml: "700" });
  const gave = operation("listing.gave", { volume_ml: "200" }, { id: "2" });
  const pause = operation("listing.pause", {}, { id: "3" });
  const { volume_ml, status } = laid(undefined, publish, gave, pause);
  assert.deepEqual([volume_ml, status], [500, "paused"]);
});

test("the rows given are not changed", () => {
  const before = structuredClone(listing);
  overlay("listing", [listing], [operation("listing.edit", { note: "new" })]);
  assert.deepEqual(listing, before);
});

test("a change of a row that is not here makes none", () => {
  assert.equal(laid(undefined, operation("listing.pause")), undefined);
});

test("a refused change isn't shown as if it were so, and says that it needs her", () => {
  const answer = { outcome: "rejected", errors: { note: ["Too long."] } };
  const refused = operation("listing.edit", { note: "new" }, { state: "attention", answer });
  const [row] = overlay("listing", [listing], [refused]);
  assert.equal(row.fields.note, "old");
  assert.deepEqual(row.work, { state: "attention", operation: refused, ...answer });
});

test("a kind that this version doesn't know changes nothing", () => {
  assert.deepEqual(laid(listing, operation("listing.tomorrow")), listing);
});

test("operations on another noun are not laid over", () => {
  const [row] = overlay("listing", [listing], [operation("person.edit", { name: "x" })]);
  assert.equal(row, listing);
});

const together = [
  [["sent", "saved"], "saved"],
  [["saved", "sending"], "saved"],
  [["sent", "sending"], "sending"],
  [["attention", "saved"], "attention"],
  [["sent"], "sent"],
];
for (const [states, state] of together) {
  test(`${states.join(" and ")} together read as ${state}`, () => {
    const operations = states.map((each, n) =>
      operation("listing.pause", {}, { id: `${n}`, state: each }),
    );
    assert.equal(overlay("listing", [listing], operations)[0].work.state, state);
  });
}

test("what is sent again to a server that forgot it hides nothing newer", () => {
  const old = operation("listing.edit", { note: "older still" }, { again: true });
  const [row] = overlay("listing", [listing], [old]);
  assert.equal(row.fields.note, "old");
  assert.equal(row.work, undefined);
});

const bag = {
  id: "r",
  batch: "b",
  fields: {
    state: "frozen",
    storage: "deep_freezer",
    volume_ml: "120",
    moved_at: "2026-11-01T03:00:00Z",
  },
};
const AT = "2026-11-21T03:00:00.000Z";
const diary = [
  [
    "milk in another freezer, frozen since it froze",
    operation("pumping.move", { state: "frozen", storage: "fridge_freezer" }),
    { fields: { ...bag.fields, storage: "fridge_freezer" } },
  ],
  [
    "milk out of the freezer, thawed since now",
    operation("pumping.move", { state: "refrigerated", storage: "fridge" }),
    {
      fields: {
        ...bag.fields,
        state: "refrigerated",
        storage: "fridge",
        moved_at: AT,
        thawed: "yes",
      },
    },
  ],
  ["milk that was used", operation("pumping.used"), { gone: "used", gone_at: AT, batch: "" }],
  ["milk thrown away", operation("pumping.discard"), { gone: "discarded", gone_at: AT, batch: "" }],
  ["milk put back", operation("pumping.restore"), { gone: "", gone_at: AT, batch: "" }],
  [
    "a pumping that was changed",
    operation("pumping.edit", { volume_ml: "90" }),
    { fields: { ...bag.fields, volume_ml: "90" } },
  ],
];
for (const [what, done, difference] of diary) {
  test(`${what} shows at once`, () => {
    assert.deepEqual(laid(bag, done), { ...bag, ...difference });
  });
}

test("a pumping that no server has seen shows, and a refused one stays in sight", () => {
  const made = operation("pumping.log", bag.fields);
  assert.deepEqual(laid(undefined, made), { id: "r", fields: bag.fields });
  const answer = { outcome: "rejected", errors: { volume_ml: ["Too much."] } };
  const refused = { ...made, state: "attention", answer };
  assert.equal(overlay("pumping", [], [refused])[0].work.state, "attention");
});

test("an entry that was removed is out of sight", () => {
  assert.equal(laid(bag, operation("pumping.remove")), undefined);
});

test("a watch shows before any server knows of it, changes, and is out of sight once dropped", () => {
  const fields = { least_ml: "500", reach_km: "30" };
  assert.deepEqual(laid(undefined, operation("watch.keep", fields)), { id: "r", fields });
  assert.deepEqual(laid({ id: "r", fields }, operation("watch.edit", { least_ml: "900" })), {
    id: "r",
    fields: { ...fields, least_ml: "900" },
  });
  assert.equal(laid({ id: "r", fields }, operation("watch.drop")), undefined);
});
