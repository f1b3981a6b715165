import assert from "node:assert/strict";
import { test } from "node:test";
import {
  afterAnswer,
  buildsOn,
  due,
  inOrder,
  onTheWire,
} from "../../../webapp/static/js/phone/operations.js";

const operation = (id, more = {}) => ({
  id,
  kind: "listing.edit",
  row: "l1",
  after: [],
  state: "saved",
  fields: {},
  made_at: "2026-11-21T03:00:00.000Z",
  ...more,
});
const ids = (list) => list.map(({ id }) => id);

test("an operation builds on what is unfinished on its row, and on the welcome", () => {
  const welcome = operation("1", { kind: "person.welcome", row: "p1" });
  const sent = operation("2", { state: "sent" });
  const refused = operation("3", { state: "attention" });
  const refusedListing = operation("4", { kind: "listing.publish", state: "attention" });
  const elsewhere = operation("5", { row: "l2" });
  const all = [welcome, sent, refused, refusedListing, elsewhere, operation("6")];
  assert.deepEqual(buildsOn(all, operation("7")), ["1", "4", "6"]);
});

test("what builds on something that needs her waits, and so does what builds on that", () => {
  const all = [
    operation("1", { state: "attention" }),
    operation("2", { after: ["1"] }),
    operation("3", { after: ["2"] }),
    operation("4"),
  ];
  assert.deepEqual(ids(due(all, new Set())), ["4"]);
  assert.deepEqual(due(all, new Set(["4"])), []);
});

test("a replacement goes before what builds on it, though its id is later", () => {
  const all = [operation("2", { after: ["3"] }), operation("3"), operation("4")];
  assert.deepEqual(ids(inOrder(all)), ["3", "2", "4"]);
});

test("the wire carries the contract's names, and no more", () => {
  const each = operation("2", {
    after: ["1", "gone"],
    was: { note: "" },
    shows: { cell: 1 },
    tries: 2,
  });
  assert.deepEqual(onTheWire(each, [operation("1"), each]), {
    id: "2",
    kind: "listing.edit",
    row: "l1",
    after: ["1"],
    made_at: each.made_at,
    fields: {},
    was: { note: "" },
  });
});

const settled = (each, answer) =>
  afterAnswer([each], [each.id], new Map([[each.id, answer]]), "2026-11-21T04:00:00.000Z")[0];

const outcomes = [
  [{ outcome: "done" }, "sent"],
  [{ outcome: "rejected" }, "attention"],
  [{ outcome: "conflict" }, "attention"],
  [{ outcome: "confirm" }, "attention"],
  [{ outcome: "waiting" }, "saved"],
  [{ outcome: "failed" }, "saved"],
  [{ outcome: "from a later protocol" }, "saved"],
  [undefined, "saved"],
];
for (const [answer, state] of outcomes) {
  test(`an operation whose answer is ${answer?.outcome ?? "missing"} is ${state}`, () => {
    assert.equal(settled(operation("1"), answer).state, state);
  });
}

test("the fifth failure needs attention", () => {
  const failed = { outcome: "failed" };
  assert.equal(settled(operation("1", { tries: 3 }), failed).state, "saved");
  assert.equal(settled(operation("1", { tries: 4 }), failed).state, "attention");
});

test("what was sent is kept for thirty days", () => {
  const sent = (id, sent_at) => operation(id, { state: "sent", sent_at });
  const all = [sent("1", "2026-10-21T00:00:00.000Z"), sent("2", "2026-10-23T00:00:00.000Z")];
  assert.deepEqual(ids(afterAnswer(all, [], new Map(), "2026-11-21T04:00:00.000Z")), ["2"]);
});

test("an answer leaves what it doesn't speak of as it was", () => {
  const all = [operation("1"), operation("2")];
  assert.equal(afterAnswer(all, ["2"], new Map(), "2026-11-21T04:00:00.000Z")[0], all[0]);
});
