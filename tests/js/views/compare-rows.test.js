import assert from "node:assert/strict";
import { mock, test } from "node:test";
import "../shell.js";
import { differing, rows } from "../../../webapp/static/js/views/compare-rows.js";
import { LABELS } from "../../../webapp/static/js/words.js";

Object.assign(LABELS, {
  state: "How is it kept?",
  treatment: "Was it heated?",
  lipase: "Does its taste change?",
});

mock.timers.enable({ apis: ["Date"], now: Date.parse("2026-11-21T12:00:00Z") });
const year = new Date().getUTCFullYear();
const today = new Date().toISOString().slice(0, 10);
const home = { id: "8628f0007ffffff", lat: 45.5, lng: -122.43 };
const one = {
  kind: "offer",
  volume_ml: 11_830,
  cell: { id: "8628f0007ffffff", lat: 45.52, lng: -122.67 },
  state: ["frozen", "refrigerated"],
  pumped: [`${year}-01`, `${year}-02`],
  diet: { vegan: `${year}-01-02`, nut_free: "" },
  medicine: "none",
  caffeine: "ask",
  age_band: "3_6m",
  fresh_on: today,
};
const other = {
  ...one,
  volume_ml: 591,
  state: "frozen",
  diet: {},
  medicine: "",
  pumped: undefined,
};
const person = { units: "oz", cell: home };
const asking = [{ kind: "request", status: "open", fields: { daily_ml: "300" } }];
const match = {
  other: "a",
  card: one,
  fit: "part",
  fit_ml: 5560,
  unknown_ml: 1000,
  of_ml: 11_830,
  days: 18,
  lines: [
    { what: "dairy_free", verdict: "fits", since: `${year}-01-02`, weeks: 3 },
    { what: "soy_free", verdict: "unknown", weeks: 0 },
  ],
};

/** Every row as its head and its texts. */
const table = (offers, asked = []) =>
  Object.fromEntries(
    rows(offers, person, asked).map(({ head, cells }) => [head, cells.map(({ text }) => text)]),
  );

test("every offer has a cell in every row, in words", () => {
  const all = rows([{ card: one }, { card: other }], person, asking);
  assert.ok(all.length > 15);
  for (const { head, cells } of all) {
    assert.equal(cells.length, 2);
    assert.ok(head && cells.every(({ text }) => text.trim()), head);
  }
});

test("what is not said is not said, and never a no", () => {
  const said = table([{ card: one }, { card: other }]);
  assert.deepEqual(said.Medicines, ["none reported", "not said"]);
  assert.deepEqual(said.Caffeine, ["ask her", "ask her"]);
  assert.deepEqual(said.Alcohol, ["not said", "not said"]);
  assert.deepEqual(said.Pumped, ["Jan to Feb", "not said"]);
});

test("vegan milk is dairy-free from the same date, and a diet without a date is a yes", () => {
  const bare = { card: { ...one, diet: { dairy_free: `${year}-03-04` } } };
  const said = table([{ card: one }, bare]);
  assert.deepEqual(said["Dairy-free"], ["since Jan 2", "since Mar 4"]);
  assert.deepEqual(said["Nut-free"], ["Yes", "not said"]);
});

test("a diet that she asks for has a row though nobody names it", () => {
  const said = table([{ card: one, match }, { card: other }], asking);
  assert.deepEqual(said["Soy-free"], ["not said", "not said"]);
});

test("how much fits, what is not known, how long it lasts, and why", () => {
  const all = rows([{ card: one, match }, { card: other }], person, asking);
  const of = (name) => all.find(({ head }) => head === name).cells;
  const [part, none] = of("Fits your request");
  assert.equal(part.text, "188 oz of 400 oz, 34 oz not known");
  assert.deepEqual(part.lines, [["unknown", "Soy-free: not said"]]);
  assert.equal(none.text, "Not among your matches");
  assert.deepEqual(
    of("Lasts").map(({ text }) => text),
    ["18 days", "Not known"],
  );
});

test("what isn't known to fit lasts only if it does", () => {
  const open = { ...match, fit: "unknown", fit_ml: undefined, unknown_ml: 11_830, days: 39 };
  const said = table([{ card: one, match: open }], asking);
  assert.deepEqual(said["Fits your request"], ["400 oz not known"]);
  assert.deepEqual(said.Lasts, ["39 days, if it fits"]);
});

test("without a request of hers nothing is held against one", () => {
  const said = table([{ card: one, match }]);
  assert.ok(!("Fits your request" in said) && !("Lasts" in said));
});

test("only what differs leaves out the rows in which all say the same", () => {
  const all = rows([{ card: one }, { card: other }], person, []);
  const heads = differing(all).map(({ head }) => head);
  assert.ok(heads.includes("Amount") && heads.includes("Medicines"));
  assert.ok(!heads.includes("Caffeine") && !heads.includes("Her baby"));
  assert.deepEqual(differing(rows([{ card: one }], person, [])), []);
});
