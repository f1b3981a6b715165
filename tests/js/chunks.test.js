import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, test } from "node:test";
import { split } from "../../bin/chunks.mjs";

const MODULES = {
  "app.js": `import { near } from "./near.js";
    globalThis.go = { me: () => import("./me.js"), box: () => import("./box.js") };
    globalThis.opened = (globalThis.opened ?? 0) + 1; near();`,
  "near.js": "export const near = () => document.title; export const far = () => 'far';",
  "me.js":
    "import { far } from './near.js'; import { file } from './file.js'; export const mount = () => far() + file();",
  "box.js": "import { file } from './file.js'; export const mount = () => file() + 1;",
  "file.js": "export const file = () => 'file';",
};

const made = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true });
});

/** The files of a script, as they stand in a folder. */
async function splitOf(changes = {}) {
  const folder = mkdtempSync(join(tmpdir(), "chunks-"));
  made.push(folder);
  writeFileSync(join(folder, "package.json"), '{"type": "module"}');
  for (const [name, code] of Object.entries({ ...MODULES, ...changes })) {
    writeFileSync(join(folder, name), code);
  }
  const settings = { absWorkingDir: folder, outdir: join(folder, "dist"), logLevel: "silent" };
  const whole = { ...settings, bundle: true, minify: true, write: false };
  const parts = await split("app.js", whole, async (code) => Buffer.from(code));
  for (const [name, code] of parts.files) writeFileSync(join(folder, name), code);
  return { ...parts, folder };
}

const stem = (name) => name.replace(/-[\da-f]{10}\.js$/, "");

test("a view that comes later is a file of its own, and all else stays one", async () => {
  const { app, files, later } = await splitOf();
  assert.deepEqual([...files.keys()].map(stem).sort(), ["app", "box", "common", "me"]);
  assert.match(files.get(app), /document\.title/);
  assert.doesNotMatch(files.get(app), /from"/);
  const names = Object.entries(later).map(([view, own]) => [view, own.map(stem).sort()]);
  assert.deepEqual(Object.fromEntries(names), { box: ["box", "common"], me: ["common", "me"] });
});

test("the files find each other, and share one script", async () => {
  const { app, folder } = await splitOf();
  Object.assign(globalThis, { document: { title: "" } });
  await import(join(folder, app));
  const { go } = /** @type {any} */ (globalThis);
  assert.deepEqual([(await go.me()).mount(), (await go.box()).mount()], ["farfile", "file1"]);
  assert.equal(globalThis.opened, 1);
});

test("a letter changed in any of them gives all another name", async () => {
  const { app, files } = await splitOf();
  assert.deepEqual([...(await splitOf()).files.keys()], [...files.keys()]);
  const changed = await splitOf({ "file.js": "export const file = () => 'files';" });
  assert.notEqual(changed.app, app);
  assert.deepEqual(
    [...changed.files.keys()].filter((name) => files.has(name)),
    [],
  );
});

test("what comes later and is imported at once too is refused", async () => {
  const both = { "near.js": `${MODULES["near.js"]} import "./me.js";` };
  await assert.rejects(splitOf(both), /me\.js comes later, and yet/);
});

test("a script without later views is one file", async () => {
  const { app, files, later } = await splitOf({
    "app.js": 'import { near } from "./near.js"; near();',
  });
  assert.deepEqual([[...files.keys()], later], [[app], {}]);
});
