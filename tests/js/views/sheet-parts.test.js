import assert from "node:assert/strict";
import { test } from "node:test";
import "../shell.js";
import {
  bagByBag,
  facts,
  ownMilk,
  screened,
  theirMilk,
} from "../../../webapp/static/js/views/sheet-parts.js";

const TODAY = "2026-11-22";
const ID = "0196a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b";
const word = (code) => code;

const row = {
  id: "l1",
  mine: true,
  kind: "offer",
  volume_ml: 900,
  fields: {
    diet: ["dairy_free", "halal"],
    "since-dairy_free": "2026-05-02",
    medicine: "none",
    alcohol: "dated",
    caffeine: "some",
    caffeine_detail: "Two cups",
    nicotine: "talk",
    "batches-0-id": ID,
    "batches-0-state": "frozen",
    "batches-0-pumped_from": "2026-08-01",
    "batches-0-pumped_to": "2026-08-31",
    "batches-0-volume_ml": "600",
    "batches-1-id": ID.replace("5b", "5c"),
    "batches-1-state": "frozen",
    "batches-1-pumped_from": "2026-09-01",
    "batches-1-pumped_to": "2026-09-30",
  },
};
const entry = (fields) => ({ id: "e", fields });
const antibiotic = entry({ what: "medicine", from_on: "2026-08-20", to_on: "2026-08-27" });
const cheese = entry({
  what: "off_diet",
  diet: "dairy_free",
  from_on: "2026-07-04",
  to_on: "2026-07-04",
});

const answers = (milk) => Object.fromEntries(facts(milk, word, "oz").answers);

test("what nobody said is not said", () => {
  const said = answers(ownMilk(row, [], false, TODAY));
  assert.equal(said.Cannabis, "not said");
  assert.equal(said.Medicines, "report-none");
  assert.equal(said.Alcohol, "report-none");
  assert.equal(said.Nicotine, "report-talk");
});

test("an answer that her calendar contradicts is none", () => {
  const said = answers(ownMilk(row, [antibiotic], false, TODAY));
  assert.equal(said.Medicines, "report-ask");
});

test("what she noted for nobody else stands there only if she wants it to", () => {
  const without = JSON.stringify(ownMilk(row, [antibiotic], false, TODAY));
  assert.ok(!/Two cups|Aug 20|marks/.test(without));
  const noted = ownMilk(row, [antibiotic], true, TODAY);
  assert.equal(answers(noted).Caffeine, "report-some: Two cups");
  assert.match(noted.batches[0].marks[0], /^Medicines, Aug 20/);
  assert.deepEqual(noted.batches[1].marks, []);
});

test("a diet counts from the last day off it, and a belief she hides is left out", () => {
  const { diet } = ownMilk(row, [cheese], false, TODAY);
  assert.deepEqual(diet, [["dairy_free", "2026-07-05"]]);
});

test("what is so of all of it is said once, and the table has what differs", () => {
  const { batches } = ownMilk(row, [], false, TODAY);
  const { all, unsaid, heads, rows } = bagByBag(batches, word, "oz");
  assert.deepEqual(all, [["state", "Frozen"]]);
  assert.ok(unsaid.includes("container") && unsaid.includes("thawed"));
  assert.deepEqual(heads, ["code", "pumped", "volume_ml"]);
  assert.equal(rows.length, 2);
  assert.notEqual(rows[0][0], rows[1][0]);
  assert.deepEqual([rows[0][2], rows[1][2]], ["20 oz", "not said"]);
});

test("of another's offer stands the card, and what was opened to her", () => {
  const card = { kind: "offer", volume_ml: 900, diet: {}, medicine: "none", caffeine: "ask" };
  assert.equal(answers(theirMilk(card)).Caffeine, "report-ask");
  assert.deepEqual(theirMilk(card).batches, []);
  const details = [{ what: "caffeine", answer: "some", text: "Two cups" }];
  const opened = theirMilk(card, { details, batches: [{ id: ID, state: "frozen" }], note: "Hi" });
  assert.equal(answers(opened).Caffeine, "report-some: Two cups");
  assert.equal(answers(opened).Medicines, "report-none");
  assert.deepEqual([opened.note, opened.batches.length], ["Hi", 1]);
});

test("screening is said as she granted it", () => {
  const summary = { level: "summary", answers: [{ what: "tests", says: "none" }] };
  assert.deepEqual(screened(summary, word), [["tests", "report-none"]]);
  const all = {
    level: "all",
    answers: [{ what: "hiv_test", says: "negative", on: "2026-05-02", evidence: "self_reported" }],
  };
  assert.deepEqual(screened(all, word), [
    ["hiv_test", "hiv_test-negative, May 2, 2026, self_reported"],
  ]);
  assert.deepEqual(screened({}, word), []);
});
