import assert from "node:assert/strict";
import { test } from "node:test";
import { decimalMark, readNumber } from "../../webapp/static/js/numbers.js";

const read = (texts, decimal) => texts.map((text) => readNumber(text, decimal));

test("where both marks stand the last is the decimal, whatever the browser's format", () => {
  for (const decimal of [".", ","]) {
    assert.deepEqual(
      read(["1.000,5", "1,000.5", "12.345.678,25"], decimal),
      [1000.5, 1000.5, 12_345_678.25],
    );
  }
});

test("one mark before three digits is what the browser's format says", () => {
  assert.deepEqual(read(["1,500", "1.500", "400.000"], "."), [1500, 1.5, 400]);
  assert.deepEqual(read(["1,500", "1.500", "400.000"], ","), [1.5, 1500, 400_000]);
  assert.deepEqual(read(["1,500", "1.500"], "٫"), [1500, 1500]);
});

test("where the page and the browser have different formats it is asked anew", () => {
  assert.deepEqual(read(["1,500", "1.500"], ""), [NaN, NaN]);
  assert.deepEqual(read(["1.000,5", "12,5", "1500"], ""), [1000.5, 12.5, 1500]);
});

test("any other single mark is the decimal", () => {
  assert.deepEqual(
    read(["12,5", "12.5", "1.25", ".5", ",5", "0,500", "0.500"], "."),
    [12.5, 12.5, 1.25, 0.5, 0.5, 0.5, 0.5],
  );
});

test("spaces and apostrophes group, and a mark that stands more than once", () => {
  assert.deepEqual(
    read(["1 000,5", "1\u00a0000", "1\u202f000,5", "1'000.50", "1.000.000", "1,00,000.5"]),
    [1000.5, 1000, 1000.5, 1000.5, 1_000_000, 100_000.5],
  );
});

test("digits of other scripts count as ours, with their own marks", () => {
  assert.deepEqual(
    read(["١٬٠٠٠٫٥", "۱۲٫۵", "٤٠٠", "४००", "４００"]),
    [1000.5, 12.5, 400, 400, 400],
  );
});

test("words may stand around it", () => {
  assert.deepEqual(read(["about 400", "ca. 400", "400 oz.", "~20", " 5 "]), [400, 400, 400, 20, 5]);
});

test("what is no number, less than nothing, or could be two, is none", () => {
  const none = ["", "some", "-5", "−5 oz", "12 34", "10-12", "1/2", "½", "1½", "1e3"];
  for (const text of [...none, "1.2.3", "1,00.5", "12.345.6", "1,000.5.2", "1 00"]) {
    assert.equal(readNumber(text), NaN, text);
  }
});

test("the browser's own decimal is asked, and a language that is none has a point", () => {
  assert.deepEqual(["de-DE", "en-US", "es-ES", "C"].map(decimalMark), [",", ".", ",", "."]);
});
