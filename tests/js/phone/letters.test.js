import assert from "node:assert/strict";
import { test } from "node:test";
import { afterAnswer, buildsOn, due } from "../../../webapp/static/js/phone/operations.js";
import { overlay } from "../../../webapp/static/js/phone/overlay.js";

const NOW = "2026-11-21T03:00:00.000Z";
const operation = (id, kind, row, fields = {}, more = {}) => ({
  id,
  kind,
  row,
  after: [],
  made_at: NOW,
  fields,
  state: "saved",
  ...more,
});
const FIRST = { conversation: "c", listing: "theirs", mine: "own", text: "Hello" };
const first = (more) => operation("2", "message.send", "m1", FIRST, more);
const second = (more) =>
  operation("3", "message.send", "m2", { conversation: "c", text: "And" }, more);
const open = {
  id: "c",
  listing: "theirs",
  mine: "own",
  other: "theirs",
  started: true,
  answered: true,
  position: 2,
};

/** One noun's rows as a view sees them, without `work`. */
const seen = (noun, rows, ...operations) =>
  overlay(noun, rows, operations).map(({ work, ...row }) => row);

test("a letter shows before it is sent, with no place in the order", () => {
  assert.deepEqual(seen("message", [], second()), [
    { id: "m2", conversation: "c", mine: true, text: "And" },
  ]);
});

test("a first letter begins its conversation on this phone", () => {
  assert.deepEqual(seen("conversation", [], first()), [
    {
      id: "c",
      listing: "theirs",
      mine: "own",
      other: "theirs",
      started: true,
      at: NOW,
      answered: false,
    },
  ]);
  assert.equal(overlay("conversation", [], [first()])[0].work.state, "saved");
});

test("a later letter makes no conversation, and moves one that is here to the top", () => {
  assert.deepEqual(seen("conversation", [], second()), []);
  const [moved] = seen("conversation", [{ ...open, at: "2026-11-20T00:00:00Z" }], second());
  assert.equal(moved.at, NOW);
});

test("a letter of who was written to answers", () => {
  const [row] = seen("conversation", [{ ...open, started: undefined, answered: false }], second());
  assert.equal(row.answered, true);
});

test("a refused letter stays in her sight with its words, first or later", () => {
  const answer = { outcome: "rejected", errors: { text: ["No links."] } };
  for (const refused of [first, second]) {
    const [row] = overlay("message", [], [refused({ state: "attention", answer })]);
    assert.equal(row.work.state, "attention");
    assert.deepEqual(row.work.errors, { text: ["No links."] });
    assert.ok(row.text);
  }
  const kept = overlay("conversation", [], [first({ state: "attention", answer })]);
  assert.equal(kept[0].work.state, "attention");
});

test("what the server has placed isn't laid over", () => {
  const placed = { id: "m2", conversation: "c", mine: true, text: "And", position: 3, at: NOW };
  assert.deepEqual(seen("message", [placed], second({ state: "sent" })), [placed]);
});

test("what she opens, and how far she has read, hold at once", () => {
  const opens = operation("4", "conversation.open", "c", { opens: ["name"] });
  const read = operation("5", "conversation.read", "c", { position: "2" });
  const [row] = seen("conversation", [open], opens, read);
  assert.deepEqual([row.opens, row.read], [["name"], 2]);
});

test("reading is done quietly: it is never shown as waiting", () => {
  const read = operation("5", "conversation.read", "c", { position: "2" });
  assert.equal(overlay("conversation", [open], [read])[0].work, undefined);
});

test("a conversation she leaves is gone at once, and back if it can't be left", () => {
  const leave = operation("4", "conversation.leave", "c");
  assert.deepEqual(seen("conversation", [open], leave), []);
  const refused = { ...leave, state: "attention", answer: { outcome: "rejected" } };
  assert.equal(seen("conversation", [open], refused).length, 1);
});

const blocks = {
  "from her listing": operation("4", "listing.block", "theirs"),
  "from the conversation": operation(
    "4",
    "conversation.block",
    "c",
    {},
    {
      shows: { other: "theirs" },
    },
  ),
};
for (const [where, block] of Object.entries(blocks)) {
  test(`whom she blocks ${where} leaves her sight at once`, () => {
    const listings = [{ id: "theirs" }, { id: "another" }];
    const matches = [
      { id: "x", other: "theirs" },
      { id: "y", other: "another" },
    ];
    assert.deepEqual(seen("listing", listings, block), [{ id: "another" }]);
    assert.deepEqual(seen("match", matches, block), [{ id: "y", other: "another" }]);
    const [row] = seen("conversation", [open], block);
    assert.deepEqual([row.gone, row.blocked], [true, true]);
  });

  test(`a block ${where} that the server refused hides nobody`, () => {
    const refused = { ...block, state: "attention" };
    assert.equal(seen("listing", [{ id: "theirs" }], refused).length, 1);
    assert.equal(seen("conversation", [open], refused)[0].gone, undefined);
  });
}

test("a block that was lifted is gone", () => {
  assert.deepEqual(seen("block", [{ id: "b" }], operation("4", "block.lift", "b")), []);
});

test("consent taken back unwelcomes her, and read marks are a flag", () => {
  const person = { id: "p", welcomed: true };
  assert.equal(
    seen("person", [person], operation("4", "person.take_back", "p"))[0].welcomed,
    false,
  );
  const said = { read_marks: "y", language: "es" };
  const [row] = seen("person", [person], operation("5", "person.edit", "p", said));
  assert.deepEqual([row.read_marks, row.language], [true, "es"]);
});

test("letters of one conversation build on each other, and the first on what goes along", () => {
  const publish = operation("1", "listing.publish", "own");
  const elsewhere = operation("0", "message.send", "m9", { conversation: "d", text: "x" });
  assert.deepEqual(buildsOn([elsewhere, publish], first()), ["1"]);
  assert.deepEqual(buildsOn([elsewhere, publish, first()], second()), ["2"]);
  const opens = operation("4", "conversation.open", "c", { opens: [] });
  assert.deepEqual(buildsOn([publish, first(), second()], opens), ["2", "3"]);
});

test("a refused first letter holds back what builds on it, a refused later one nothing", () => {
  const stuck = { state: "attention", answer: { outcome: "rejected" } };
  assert.deepEqual(buildsOn([first(stuck)], second()), ["2"]);
  const waits = [first(stuck), second({ after: ["2"] })];
  assert.deepEqual(due(waits, new Set()), []);
  const third = operation("4", "message.send", "m3", { conversation: "c", text: "x" });
  assert.deepEqual(buildsOn([second(stuck)], third), []);
});

for (const outcome of ["done", "rejected"]) {
  test(`reading that was ${outcome} leaves nothing behind`, () => {
    const read = operation("5", "conversation.read", "c", { position: "2" });
    const answers = new Map([["5", { outcome }]]);
    assert.deepEqual(afterAnswer([read], ["5"], answers, NOW), []);
    assert.deepEqual(afterAnswer([read], ["5"], new Map(), NOW), [{ ...read, tries: 0 }]);
  });
}
