import assert from "node:assert/strict";
import { test } from "node:test";
import {
  alongside,
  arrival,
  called,
  isUnread,
  known,
  ordered,
  unanswered,
  unreadIn,
  unsent,
} from "../../../webapp/static/js/views/letters.js";

const letter = (id, position, more) => ({ id, position, conversation: "c", ...more });
const ids = (list) => list.map(({ id }) => id);

test("letters stand in the server's order, her unsent ones last in the order she wrote them", () => {
  const mixed = [
    letter("05"),
    letter("01", 3),
    letter("04"),
    letter("09", 1),
    letter("02", 2),
    letter("00", 4, { conversation: "d" }),
  ];
  const order = ["09", "02", "01", "04", "05"];
  assert.deepEqual(ids(ordered(mixed, "c")), order);
  assert.deepEqual(ids(ordered(mixed.reverse(), "c")), order);
});

const card = { kind: "offer", volume_ml: 11830, cell: { near: "Gresham" } };
const data = {
  person: { units: "oz" },
  listings: [{ id: "l", ...card }],
  matches: [],
  conversations: [{ other: "far", card }],
};

test("a conversation is called by what it is about, or by the name that was opened", () => {
  assert.equal(called({ card }, data), "Offer, 400 oz near Gresham");
  assert.equal(called({ other: "l" }, data), "Offer, 400 oz near Gresham");
  assert.equal(known(data, "far"), card);
  assert.equal(called({ card: { ...card, kind: "request", cell: {} } }, data), "Request, 400 oz");
  assert.equal(called({ card, opened: { name: "Rosa" } }, data), "Rosa");
});

test("what is gone tells neither its name nor what it was about", () => {
  const gone = { gone: true, card, other: "l", opened: { name: "Rosa" } };
  assert.equal(called(gone, data), "Not available any more.");
  assert.equal(called({ other: "unknown" }, data), "Not available any more.");
});

test("unread is what lies past where she has read, and is not her own", () => {
  assert.equal(isUnread({ position: 1 }), true);
  assert.equal(isUnread({ position: 2, read: 2 }), false);
  assert.equal(isUnread({}), false);
  const letters = [letter("1", 1), letter("2", 2, { mine: true }), letter("3", 3), letter("4")];
  assert.equal(unreadIn(letters, { read: 1 }), 1);
  assert.equal(unreadIn(letters, {}), 2);
});

test("unanswered are letters of others about her own listing", () => {
  const about = (id, more) => ({ id, listing: "l", ...more });
  const all = [
    about("1"),
    about("2", { answered: true }),
    about("3", { started: true }),
    about("4", { gone: true }),
    { id: "5", listing: "another" },
  ];
  assert.deepEqual(ids(unanswered(all, "l")), ["1"]);
});

test("seen is said only where the other shows it, and saved is never called sent", () => {
  const mine = letter("1", 3, { mine: true });
  assert.equal(arrival(mine, { seen: 3, delivered: 3 }), "Seen");
  assert.equal(arrival(mine, { seen: 2, delivered: 3 }), "Delivered");
  assert.equal(arrival(mine, {}), "Sent");
  assert.equal(unsent({ work: { state: "saved" } }), true);
  assert.equal(unsent({ work: { state: "attention" } }), true);
  assert.equal(unsent({ work: { state: "sent" } }), false);
  assert.equal(unsent({}), false);
});

test("what goes along is open and of the other kind, the match's own first", () => {
  const own = (id, kind, status = "open") => ({ id, kind, status });
  const mine = [
    own("1", "offer"),
    own("2", "request"),
    own("3", "request", "paused"),
    own("4", "request"),
  ];
  assert.deepEqual(ids(alongside(mine, { kind: "offer" })), ["2", "4"]);
  assert.deepEqual(ids(alongside(mine, { kind: "offer" }, { mine: "4" })), ["4", "2"]);
});
