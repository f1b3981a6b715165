import assert from "node:assert/strict";
import { mock, test } from "node:test";
import "../shell.js";
import {
  isDoubtful,
  isLive,
  isStuck,
  standing,
} from "../../../webapp/static/js/views/card-strip.js";

const says = (row) => standing(row)[1];

test("what is only saved here is never called sent", () => {
  const saved = (kind) => ({
    status: "open",
    told: 2,
    work: { state: "saved", operation: { kind } },
  });
  assert.equal(says(saved("listing.publish")), "Saved on this phone. Nobody has seen it yet.");
  assert.equal(says(saved("listing.pause")), "Saved on this phone. Not sent yet.");
  assert.equal(says({ status: "open", work: { state: "sending" } }), "Sending");
});

test("once sent it says who was told", () => {
  const work = { state: "sent" };
  assert.equal(says({ status: "open", told: 1, work }), "Sent. One family near you was told.");
  assert.equal(says({ status: "open", told: 2 }), "Sent. Two families near you were told.");
  assert.equal(says({ status: "open", told: 7 }), "Sent. 7 families near you were told.");
  assert.equal(says({ status: "open" }), "Sent. We'll tell you when something fits.");
});

test("a refusal stands before everything else", () => {
  const row = { status: "paused", work: { state: "attention" } };
  assert.deepEqual(standing(row), ["stop", "Needs attention"]);
});

test("what nobody sees says so", () => {
  for (const status of ["paused", "withdrawn", "expired", "closed"]) {
    assert.match(says({ status }), /Nobody sees it\.$/);
  }
});

test("only what is open or paused can be changed", () => {
  const live = ["open", "paused", "withdrawn", "expired", "closed"].filter((status) =>
    isLive({ status }),
  );
  assert.deepEqual(live, ["open", "paused"]);
});

test("only what was refused, conflicts or is asked about waits for her", () => {
  const states = ["saved", "sending", "sent", "attention"];
  assert.deepEqual(
    states.filter((state) => isStuck({ state })),
    ["attention"],
  );
  assert.ok(!isStuck(undefined));
});

mock.timers.enable({ apis: ["Date"], now: Date.parse("2026-11-21T12:00:00Z") });
const waning = { status: "open", expires_at: "2026-11-23T11:00:00Z", fresh_on: "2026-11-10" };
const doubtful = (changed) => isDoubtful({ ...waning, ...changed });

test("what runs out within two days asks whether it is still right", () => {
  assert.ok(doubtful());
  assert.ok(!doubtful({ expires_at: "2026-11-23T13:00:00Z" }));
  assert.ok(!doubtful({ expires_at: undefined }), "what only this phone knows has no end yet");
});

test("what she said today, what nobody sees and what isn't sent yet is not asked about", () => {
  assert.ok(!doubtful({ fresh_on: "2026-11-21" }));
  for (const status of ["paused", "expired", "withdrawn"]) assert.ok(!doubtful({ status }));
  assert.ok(!doubtful({ work: { state: "saved" } }));
  assert.ok(doubtful({ work: { state: "sent" } }));
});
