import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const VIEWS = new URL("../../webapp/static/js/", import.meta.url);

test("no view writes text around a value in an attribute, or the element that marks a place", () => {
  const paths = readdirSync(VIEWS, { recursive: true }).filter((path) => path.endsWith(".js"));
  const markup = paths
    .filter((path) => path !== "template.js")
    .flatMap((path) => readFileSync(new URL(path, VIEWS), "utf8").match(/html`[\s\S]*?`/g) ?? []);
  assert.ok(markup.length > 20);
  assert.deepEqual(
    markup.filter((each) => /<wbr|<[^>]*="[^"]*\$\{/.test(each)),
    [],
  );
});
