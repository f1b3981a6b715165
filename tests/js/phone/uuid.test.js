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

test("each id sorts after the one before, and after a floor", () => {
  const ids = Array.from({ length: 50 }, () => uuid7());
  assert.deepEqual([...ids].sort(), ids);
  assert.ok(uuid7("ffffffff-ffff-7fff-8fff-000000000001") > "ffffffff-ffff-7fff-8fff-000000000001");
});
