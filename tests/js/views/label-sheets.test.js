import assert from "node:assert/strict";
import { test } from "node:test";
import "../shell.js";
import { codeOf } from "../../../webapp/static/js/views/bags.js";
import {
  labelsOf,
  ofBatches,
  ofPumpings,
  pages,
  SHEETS,
  sizes,
} from "../../../webapp/static/js/views/label-sheets.js";

const ID = "0196a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b";

/** Margins as Avery's own templates give them, in mm: left, and top. */
const MARGINS = {
  5160: [4.76, 12.7],
  5167: [7.14, 12.7],
  L7160: [7.21, 15.15],
  L7651: [4.75, 10.7],
};

for (const [name, [left, top]] of Object.entries(MARGINS)) {
  test(`the labels of ${name} lie where its template has them`, () => {
    const { paper, grid, label, gap } = SHEETS[name];
    const wide = grid[0] * label[0] + (grid[0] - 1) * gap;
    assert.ok(Math.abs((paper[0] - wide) / 2 - left) < 0.01);
    assert.ok(Math.abs(sizes(SHEETS[name])["--top"] - top) < 0.01);
  });
}

test("each bag of a batch has a label of its own", () => {
  const batch = { id: ID, volume_ml: "480", portions: "4", pumped_from: "2026-08-03" };
  const labels = labelsOf(ofBatches([{ ...batch, pumped_to: "2026-08-12" }], 900));
  assert.equal(labels.length, 4);
  assert.equal(new Set(labels.map(({ code }) => code)).size, 4);
  assert.ok(labels.every(({ ml, about }) => ml === 120 && about));
  assert.equal(labels[0].when.replace(/[\s–]+/g, " "), "Aug 3 12, 2026");
});

test("a batch without a number of bags has no labels, and days she must look up stay open", () => {
  const batches = [{ id: ID }, { id: ID, portions: "1", look: "y", pumped_from: "2026-08-03" }];
  const labels = labelsOf(ofBatches(batches, 900));
  assert.deepEqual(labels, [{ code: codeOf(ID), when: "", ml: 0, about: false }]);
});

test("an offer's only batch holds all of it", () => {
  const [label] = labelsOf(ofBatches([{ id: ID, portions: "2" }], 900));
  assert.equal(label.ml, 450);
});

test("the freezer's newest come first, and what is gone has no label", () => {
  const pumping = (id, day, more) => ({
    id: `${ID.slice(0, -1)}${id}`,
    fields: { volume_ml: "120", pumped_at: `2026-08-0${day}T08:00:00Z` },
    ...more,
  });
  const all = [pumping(1, 1), pumping(2, 3), pumping(3, 2, { gone: "used" })];
  const found = ofPumpings(all, (at) => at.slice(0, 10));
  assert.deepEqual(
    found.map(({ from }) => from),
    ["2026-08-03", "2026-08-01"],
  );
  assert.ok(labelsOf(found).every(({ about, ml }) => !about && ml === 120));
});

test("a code is short, and tells nothing of the time or of whoever made it", () => {
  assert.match(codeOf(ID), /^[2-9B-DF-HJKMNP-TV-XZ]{3}-[2-9B-DF-HJKMNP-TV-XZ]{3}$/);
  assert.equal(codeOf(ID), codeOf(`ffffffff-ffff-7fff-8fff-${ID.slice(-12)}`));
  const many = Array.from({ length: 1500 }, () => codeOf(crypto.randomUUID()));
  assert.ok(new Set(many).size > 1497);
});

test("a sheet half used begins where she says, and goes on on the next", () => {
  const labels = labelsOf([{ id: ID, volume_ml: 4000, portions: 40 }]);
  const [first, second, ...more] = pages(labels, SHEETS[5160], 25);
  assert.deepEqual([first.length, second.length, more.length], [30, 30, 1]);
  assert.deepEqual(first.slice(0, 24), Array(24).fill(null));
  assert.equal(first[24], labels[0]);
  assert.equal(more[0].length, 4);
});
