/** A page in Arabic, as an Egyptian phone opens it, whose own digits are others. */
import assert from "node:assert/strict";
import { mock, test } from "node:test";

globalThis.document = /** @type {any} */ ({
  documentElement: { lang: "ar" },
  getElementById: () => ({
    textContent: JSON.stringify({
      messages: {
        "%(num)s day": { one: "يوم", two: "يومان", few: "%(num)s أيام", other: "%(num)s يومًا" },
      },
    }),
  }),
});
Object.defineProperty(globalThis, "navigator", { value: { languages: ["ar-EG", "en"] } });

const { ago, day, locale, months } = await import("../../webapp/static/js/dates.js");
const { number } = await import("../../webapp/static/js/numbers.js");
const { amount, distance } = await import("../../webapp/static/js/units.js");
const { ngettext } = await import("../../webapp/static/js/words.js");

const noon = Date.parse("2026-11-21T12:00:00Z");
mock.timers.enable({ apis: ["Date"], now: noon });
const year = new Date().getUTCFullYear();

test("the region stays and its digits are the page's", () => {
  assert.equal(new Intl.Locale(locale).baseName, "ar-EG");
  for (const said of [day(`${year}-05-02`), amount(591, "ml"), distance(40)]) {
    assert.match(said, /\d/);
    assert.doesNotMatch(said, /[٠-٩]/);
  }
});

test("months, days and units are Arabic", () => {
  assert.equal(day(`${year}-05-02`), "2 مايو");
  assert.equal(months([`${year}-08`]), "أغسطس");
  assert.equal(ago(new Date(noon - 300_000).toISOString()), "قبل 5 دقائق");
  assert.equal(amount(11_830, "oz"), "400 أونصة");
  assert.equal(distance(40, "oz", true), "25 ميلاً");
});

test("an amount is read as it is written", () => {
  for (const ml of [590, 1500, 11_800]) assert.equal(number(amount(ml, "ml")), ml);
});

test("what is counted takes the form of its number", () => {
  const days = [1, 2, 3, 11, 100].map((n) => ngettext("%(num)s day", "%(num)s days", n));
  assert.deepEqual(days, ["يوم", "يومان", "3 أيام", "11 يومًا", "100 يومًا"]);
});
