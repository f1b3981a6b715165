import assert from "node:assert/strict";
import { mock, test } from "node:test";
import "../shell.js";
import { cardLines } from "../../../webapp/static/js/views/card-lines.js";
import {
  fitLines,
  matchLines,
  weightiest,
  wishLines,
} from "../../../webapp/static/js/views/fit.js";

mock.timers.enable({ apis: ["Date"], now: Date.parse("2026-11-21T12:00:00Z") });
const year = new Date().getUTCFullYear();
const offer = {
  kind: "offer",
  volume_ml: 11_830,
  diet: { dairy_free: `${year}-05-02`, nut_free: "" },
  alcohol: "none",
  caffeine: "ask",
};
const request = { kind: "request", volume_ml: 591, diet: { dairy_free: 3, soy_free: 0 } };
const texts = (lines) => lines.map(([, text]) => text);
const said = (lines, card, mine, units = "oz") => texts(matchLines({ lines, card }, mine, units));

test("a diet that fits says since when", () => {
  const lines = [{ what: "dairy_free", verdict: "fits", since: `${year}-05-02`, weeks: 3 }];
  assert.deepEqual(said(lines, offer), ["Dairy-free since May 2"]);
});

test("what was not said is not said, and never a no", () => {
  const lines = [
    { what: "soy_free", verdict: "unknown", weeks: 2 },
    { what: "nut_free", verdict: "unknown", weeks: 2 },
    { what: "medicine", verdict: "unknown" },
    { what: "milk_age", verdict: "unknown", months: 6 },
  ];
  assert.deepEqual(said(lines, offer), [
    "Soy-free: not said",
    "Nut-free, since when: not said",
    "Medicines: not said",
    "Age of the milk: not said",
  ]);
});

test("a diet whose milk has no dates says so", () => {
  const lines = [{ what: "dairy_free", verdict: "unknown", since: `${year}-05-02`, weeks: 3 }];
  assert.deepEqual(said(lines, offer), ["Dairy-free since May 2. When it was pumped: not said"]);
});

test("some and rather talk both read ask her", () => {
  assert.deepEqual(said([{ what: "caffeine", verdict: "unknown" }], offer), ["Caffeine: ask her"]);
});

test("a reach that fits needs no line, one that doesn't has one", () => {
  assert.deepEqual(said([{ what: "reach", verdict: "fits", distance_km: 9 }], offer), []);
  assert.deepEqual(said([{ what: "reach", verdict: "no" }], offer), ["Distance: doesn't fit"]);
});

test("an amount says how much of the need it covers", () => {
  const part = [{ what: "amount", verdict: "fits", volume_ml: 11_830 }];
  assert.deepEqual(said(part, offer, { volume_ml: 17_744 }), ["400 oz of the 600 oz needed"]);
  assert.deepEqual(said(part, offer, { volume_ml: 11_830 }), ["All that you ask for"]);
  assert.deepEqual(said([{ ...part[0], volume_ml: 591 }], request, {}), ["You have all they need"]);
});

test("to who offers, what is open is hers to say", () => {
  const lines = [
    { what: "dairy_free", verdict: "fits", since: `${year}-05-02`, weeks: 3 },
    { what: "soy_free", verdict: "unknown", weeks: 0 },
  ];
  assert.deepEqual(said(lines, request), [
    "Dairy-free for 3 weeks before pumping",
    "Soy-free: you haven't said",
  ]);
});

test("a line that this version does not know is left out", () => {
  assert.deepEqual(said([{ what: "colour", verdict: "fits" }], offer), []);
});

const partly = (lines, more, card = offer) => ({
  ...{ fit: "part", fit_ml: 6_270, of_ml: 11_830, card, lines },
  ...more,
});
const dairy = { what: "dairy_free", verdict: "part", ml: 6_270, weeks: 3, since: `${year}-05-02` };

test("a part says how much fits, what of it, and why the rest doesn't", () => {
  assert.deepEqual(fitLines(partly([dairy], { days: 6 }), {}, "oz"), [
    ["part", "212 of 400 oz fit"],
    ["said", "Would last 6 days"],
    ["part", "212 of 400 oz: pumped at least 3 weeks after dairy"],
    ["no", "188 of 400 oz: pumped within 3 weeks of dairy"],
  ]);
});

test("why the rest doesn't fit is not said where some of it may be what nobody answered", () => {
  const open = { what: "treatment", verdict: "unknown", asked: ["raw"] };
  for (const match of [partly([dairy], { unknown_ml: 900 }), partly([dairy, open])]) {
    assert.ok(!texts(matchLines(match, {}, "oz")).some((text) => text.includes("within")));
  }
});

test("to who offers, a part is of hers, and says what is asked", () => {
  const { since: _since, ...line } = dairy;
  assert.deepEqual(texts(fitLines(partly([line], { days: 6 }, request), {}, "oz")), [
    "212 of 400 oz of yours fit",
    "212 of 400 oz: Dairy-free for 3 weeks before pumping",
  ]);
});

test("what milk has one of is named by what is asked", () => {
  const line = (verdict, more) => ({
    what: "treatment",
    verdict,
    asked: ["raw", "scalded"],
    ...more,
  });
  assert.deepEqual(said([line("fits")], offer), ["Heating: not heated or scalded"]);
  assert.deepEqual(said([line("unknown")], offer), ["Heating: not said"]);
  assert.deepEqual(said([line("unknown")], request), ["Heating: you haven't said"]);
  assert.deepEqual(texts(matchLines(partly([line("part", { ml: 5_560 })]), {}, "oz")), [
    "188 of 400 oz: not heated or scalded",
  ]);
});

test("a wish is said apart", () => {
  const lines = [
    { what: "alcohol", verdict: "fits", nice: true },
    { what: "milk_age", verdict: "fits", months: 6 },
  ];
  assert.deepEqual(said(lines, offer), ["Pumped in the last 6 months"]);
  assert.deepEqual(wishLines({ lines, card: offer }), [["fits", "Alcohol: none reported"]]);
});

test("a card without a match judges nothing", () => {
  const lines = cardLines(offer);
  assert.deepEqual(texts(lines), ["Dairy-free since May 2", "Nut-free", "Medicines: not said"]);
  assert.ok(lines.every(([verdict]) => verdict === "said" || verdict === "unknown"));
});

test("a listing's own page says all ten exposures", () => {
  const lines = texts(cardLines({ ...offer, age_band: "3_6m" }, true));
  assert.equal(lines.length, 2 + 1 + 10);
  assert.ok(lines.includes("Her baby: 3 to 6 months"));
  assert.ok(lines.includes("Alcohol: none reported"));
});

test("a request says what the milk must be", () => {
  assert.deepEqual(texts(cardLines(request)), [
    "Dairy-free for 3 weeks before pumping",
    "Soy-free",
  ]);
});

test("a request's own page says for how long and for whom", () => {
  const whole = cardLines({ ...request, need: "short", age_band: "1_3m" }, true);
  assert.deepEqual(texts(whole).slice(2), ["For a baby: 1 to 3 months", "For two weeks"]);
});

test("a card keeps what speaks against it, in the lines' own order", () => {
  const lines = [
    ["fits", "a"],
    ["unknown", "b"],
    ["fits", "c"],
    ["no", "d"],
  ];
  assert.deepEqual(texts(weightiest(lines)), ["a", "b", "d"]);
});
