import assert from "node:assert/strict";
import { test } from "node:test";
import { conversationId, uuid7 } from "../../../webapp/static/js/phone/uuid.js";

// RFC 9562, appendix A.4, and the same made by Python's uuid.uuid5.
const KNOWN = [
  [
    "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
    "www.example.com",
    "2ed6657d-e927-568b-95e1-2665a8aea6a2",
  ],
  [
    "01a20091-4978-797a-bc37-7583968c4ab3",
    "01a20091-0000-7000-8000-0000000000ff",
    "6de5d0f4-6d46-545a-b746-acd710d53a17",
  ],
];
for (const [namespace, name, id] of KNOWN) {
  test(`the name-based id of ${name} is the one that everybody else makes`, async () => {
    assert.equal(await conversationId(namespace, name), id);
  });
}

test("a conversation's id is the same however its listing's id is spelled", async () => {
  const [[namespace, name, id]] = KNOWN;
  assert.equal(await conversationId(namespace.toUpperCase(), name), id);
});

const LATER = "0fffffff-ffff-7fff-8fff-000000000001";

test("each id sorts after the one before, and after a floor", () => {
  const ids = Array.from({ length: 50 }, () => uuid7());
  assert.deepEqual([...ids].sort(), ids);
  const after = uuid7(LATER);
  assert.ok(after > LATER);
  assert.match(after, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.ok(uuid7() > after);
});

test("two phones whose clocks lag behind the same last id make different ones", async () => {
  const other = await import("../../../webapp/static/js/phone/uuid.js?other");
  const floor = "1fffffff-ffff-7fff-8fff-000000000001";
  assert.notEqual(uuid7(floor), other.uuid7(floor));
});
