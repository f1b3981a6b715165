import assert from "node:assert/strict";
import { mock, test } from "node:test";
import "../shell.js";
import { cardLines } from "../../../webapp/static/js/views/card-lines.js";
import {
  cardOf,
  isEmergency,
  kindAndState,
  underAmount,
} from "../../../webapp/static/js/views/card-words.js";

mock.timers.enable({ apis: ["Date"], now: Date.parse("2026-11-21T12:00:00Z") });
const year = new Date().getUTCFullYear();
const ago = (days) => new Date(Date.now() - days * 86_400_000).toISOString();
const row = (fields, more) => ({ id: "1", mine: true, kind: fields.kind, fields, ...more });
const offer = {
  kind: "offer",
  volume_ml: "44360",
  "batches-0-state": "frozen",
  "batches-0-pumped_from": `${year}-08-03`,
  "batches-0-pumped_to": `${year}-10-30`,
  diet: ["dairy_free", "halal"],
  "since-dairy_free": `${year}-05-02`,
  medicine: "some",
  illness: "talk",
  alcohol: "none",
};
const mine = row(offer, { volume_ml: 5_000 });

test("one's own offer reads like a card before the server knows it", () => {
  const card = cardOf(mine);
  assert.equal(kindAndState(card), "Your offer, frozen");
  assert.equal(underAmount(card, "oz"), "Pumped Aug to Oct");
});

test("milk of several times reads as one card", () => {
  const more = {
    id: "2",
    state: "fresh",
    pumped_from: `${year}-07-01`,
    pumped_to: `${year}-07-02`,
  };
  const second = Object.fromEntries(
    Object.entries(more).map(([name, value]) => [`batches-1-${name}`, value]),
  );
  const both = { ...offer, "batches-0-treatment": "raw", ...second };
  const card = cardOf(row(both));
  assert.deepEqual([card.state, card.treatment], [["fresh", "frozen"], ["raw"]]);
  assert.equal(underAmount(card, "oz"), "Pumped Jul to Oct");
  assert.equal(kindAndState(card), "Your offer, fresh, frozen");
  assert.equal(cardOf(row({ ...both, "batches-1-look": "y" })).pumped, false);
});

test("what she noted on some days reads as none, as others see it", () => {
  assert.equal(cardOf(row({ ...offer, caffeine: "dated" })).caffeine, "none");
});

test("what is left counts, not what she began with", () => {
  assert.equal(cardOf(mine).volume_ml, 5_000);
});

test("one's own card says no more than others may see", () => {
  const card = cardOf(mine);
  assert.deepEqual(card.diet, { dairy_free: `${year}-05-02` });
  const said = cardLines(card, true).map(([, text]) => text);
  assert.deepEqual(said.slice(1), [
    "Medicines: ask her",
    "Supplements and herbs: not said",
    "Alcohol: none reported",
    ...["Caffeine", "Nicotine", "Cannabis", "Other drugs"].map((name) => `${name}: not said`),
    "Illness: ask her",
    "Vaccines: not said",
    "Contrast or anaesthesia: not said",
  ]);
});

test("belief is shown where she chose so", () => {
  const shown = cardOf(row({ ...mine.fields, show_belief: "y" }));
  assert.ok("halal" in shown.diet);
});

test("a must of belief stands on a request's card", () => {
  const asks = cardOf(
    row({ kind: "request", volume_ml: "591", must: ["kosher"], "weeks-kosher": "0" }),
  );
  assert.deepEqual(asks.diet, { kosher: "0" });
});

test("others' listings say what they are", () => {
  assert.equal(kindAndState({ kind: "offer", state: "refrigerated" }), "Offer, in the fridge");
  assert.equal(kindAndState({ kind: "request", need: "emergency" }), "Needed by tonight");
  assert.equal(kindAndState({ kind: "request", by_on: `${year}-12-05` }), "Needed by Dec 5");
  assert.equal(kindAndState({ kind: "request", need: "ongoing" }), "Request");
});

test("an emergency's label runs out by itself", () => {
  assert.ok(isEmergency({ need: "emergency", fresh_on: ago(0).slice(0, 10) }));
  assert.ok(!isEmergency({ need: "emergency", fresh_on: ago(4).slice(0, 10) }));
  assert.ok(!isEmergency({ need: "emergency", emergency_until: ago(1) }));
  assert.ok(!isEmergency({ need: "short" }));
});

test("an offer whose milk has no dates says nothing of them", () => {
  assert.equal(underAmount({ kind: "offer" }, "oz"), "Pumped: not said");
});

test("a request tells what is missing a day, else for how long", () => {
  assert.equal(underAmount({ kind: "request", daily_ml: 300, need: "short" }, "oz"), "10 oz a day");
  assert.equal(underAmount({ kind: "request", need: "short" }, "oz"), "For two weeks");
  const need = "bridge_supply";
  assert.equal(underAmount({ kind: "request", need }, "oz"), "Until her own milk is enough");
});
