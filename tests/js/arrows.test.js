import assert from "node:assert/strict";
import { test } from "node:test";
import { withArrows } from "../../bin/arrows.mjs";

/** The functions that are still declared, by name. */
const declared = (code) => withArrows(code).match(/(?<=function\W+)\w+/g) ?? [];

test("a declared function becomes an arrow that does the same", () => {
  const code = withArrows("async function late(a, b = 2) { return a + b } late(1)");
  assert.match(code, /^var late = async \(a, b = 2\) =>\{ return a \+ b \}; late\(1\)$/);
});

test("what is called before it stands there stays declared, and what that calls too", () => {
  assert.deepEqual(declared("one(); function one() { two() } function two() {}"), ["one", "two"]);
  assert.deepEqual(declared("const first = () => last(); first(); function last() {}"), ["last"]);
  assert.deepEqual(declared("const first = () => last(); function last() {} first()"), []);
});

test("within a function the same holds", () => {
  const code = "function outer() { early(); function early() {} function after() {} return after }";
  assert.deepEqual(declared(code), ["early"]);
});

test("what has a this of its own, its arguments or a yield stays as it is", () => {
  assert.deepEqual(declared("function own() { return () => this }"), ["own"]);
  assert.deepEqual(declared("function own() { return arguments.length }"), ["own"]);
  assert.deepEqual(declared("function* own() { yield 1 }"), ["own"]);
  assert.deepEqual(declared("function free() { return function own() { return this } }"), ["own"]);
});
