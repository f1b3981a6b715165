/** A page in Spanish, as a phone in Spain opens it. */
import assert from "node:assert/strict";
import { mock, test } from "node:test";

const WORDS = { "a moment ago": "hace un momento", "%(from)s to %(to)s": "de %(from)s a %(to)s" };
globalThis.document = /** @type {any} */ ({
  documentElement: { lang: "es" },
  getElementById: (id) =>
    id === "words" ? { textContent: JSON.stringify({ messages: WORDS }) } : null,
});
Object.defineProperty(globalThis, "navigator", { value: { languages: ["en-US", "es-ES"] } });

const { ago, day, locale, months } = await import("../../webapp/static/js/dates.js");
const { number, toMl } = await import("../../webapp/static/js/numbers.js");
const { amount, distance } = await import("../../webapp/static/js/units.js");

const noon = Date.parse("2026-11-21T12:00:00Z");
mock.timers.enable({ apis: ["Date"], now: noon });
const year = new Date().getUTCFullYear();
const before = (minutes) => new Date(noon - minutes * 60_000).toISOString();

test("the phone's region counts where it speaks the page's language", () => {
  assert.equal(new Intl.Locale(locale).baseName, "es-ES");
});

test("days and months are Spanish", () => {
  assert.equal(day(`${year}-05-02`), "2 may");
  assert.equal(months([`${year}-08`, `${year}-10`]), "de ago a oct");
  assert.equal(months([`${year - 1}-12`, `${year}-02`]), `de dic ${year - 1} a feb ${year}`);
});

test("the past is told in Spanish", () => {
  assert.equal(ago(before(0)), "hace un momento");
  assert.equal(ago(before(5)), "hace 5 min");
  assert.equal(ago(before(3 * 60)), "hace 3 h");
  assert.equal(ago(before(30 * 60)), "ayer");
});

test("amounts and distances are written as Spain writes them", () => {
  assert.equal(amount(11_830, "oz"), "400 oz");
  assert.equal(amount(74, "oz"), "2,5 oz");
  assert.equal(amount(1500, "ml"), "1500 ml");
  assert.equal(amount(11_830, "ml"), "11.800 ml");
  assert.equal(distance(40, "oz", true), "25 millas");
  assert.equal(distance(40, "ml", true), "40 kilómetros");
});

test("what is written so is read so", () => {
  for (const ml of [75, 590, 1500, 4440, 11_800, 200_000]) {
    assert.equal(number(amount(ml, "ml")), ml);
  }
  assert.equal(number(amount(74, "oz")), 2.5);
  assert.equal(toMl("2,5", "oz"), 74);
});
