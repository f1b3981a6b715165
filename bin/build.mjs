/**
 * Bundles scripts and sheets into webapp/static/dist/. Scripts hold numbers instead of words, and
 * build.json the messages that they stand for, so that one set serves every language.
 *
 * Every name carries a hash of the content, files of the build before stay, and build.json is
 * replaced last: a running server, which read its own build.json, never misses a file.
 */
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { build } from "esbuild";
import { minify } from "terser";
import { withArrows } from "./arrows.mjs";
import { split } from "./chunks.mjs";
import { takeWords } from "./words.mjs";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const STATIC = join(ROOT, "webapp/static");
const DIST = join(STATIC, "dist");

// Safari 16.4 is the first that takes web push on a phone; the others are of its time.
const TARGET = ["chrome109", "firefox115", "safari16.4"];
// Views that few open: a phone keeps one from the first time that it is opened, not before.
const RARE = ["devices", "labels", "sheet"];
const COMPRESSED = new Set([".js", ".css", ".svg", ".txt"]);
const SETTINGS = {
  absWorkingDir: ROOT,
  bundle: true,
  minify: true,
  write: false,
  target: TARGET,
  charset: "utf8",
  outdir: DIST,
  logLevel: "warning",
};

// In names of small letters alone brotli has fewer to tell apart than with capitals, $ and _.
const LETTERS = "aeioutnrslcdmpfghbvwykxqjz";
const NAMES = {
  get(n) {
    const rest = Math.floor(n / LETTERS.length);
    return LETTERS[n % LETTERS.length] + (rest ? NAMES.get(rest - 1) : "");
  },
};

const written = new Set();

/** Writes a file of dist/ so that nobody sees half of it. */
function writeWhole(name, content) {
  const half = join(DIST, `${name}.half`);
  writeFileSync(half, content);
  renameSync(half, join(DIST, name));
}

/** Writes a file and, where that helps, brotli beside it. */
function write(name, content) {
  writeWhole(name, content);
  written.add(name);
  if (COMPRESSED.has(extname(name))) {
    const quality = { [constants.BROTLI_PARAM_QUALITY]: 11 };
    writeWhole(`${name}.br`, brotliCompressSync(content, { params: quality }));
    written.add(`${name}.br`);
  }
}

/** Writes content under a name that carries its hash; returns that name. */
function writeHashed(stem, extension, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 10);
  const name = `${stem}-${hash}${extension}`;
  write(name, content);
  return name;
}

/** Bundles one entry; returns its bytes. */
async function bundle(entry, settings) {
  const { outputFiles } = await build({ ...SETTINGS, ...settings, entryPoints: [entry] });
  return outputFiles[0].contents;
}

/** Our own scripts that an entry is made of. */
async function scriptsOf(entry) {
  const { metafile } = await build({ ...SETTINGS, entryPoints: [entry], metafile: true });
  const paths = Object.keys(metafile.inputs).map((path) => join(ROOT, path));
  return paths.filter((path) => path.startsWith(STATIC));
}

/** A bundle made smaller still: a twentieth of what goes over the wire. */
async function smaller(bytes, module) {
  const { code } = await minify(withArrows(Buffer.from(bytes).toString()), {
    module,
    ecma: 2022,
    mangle: { nth_identifier: NAMES },
    compress: {
      passes: 3,
      unsafe: true,
      unsafe_arrows: true,
      pure_getters: true,
      keep_fargs: false,
      lhs_constants: false,
    },
  });
  return Buffer.from(code.replace(/\n\s+/g, "\n"));
}

/** The page's script with what of it comes later, the service worker's, and their messages. */
async function scripts() {
  const [page, sw] = ["webapp/static/js/app.js", "webapp/static/sw.js"];
  if (takeWords(await scriptsOf(sw)).messages.length) throw new Error("the worker has no words");
  const { files, ...parts } = await split(page, SETTINGS, (code) => smaller(code, true));
  for (const [name, code] of files) write(name, Buffer.from(code));
  const worker = await bundle(sw, { format: "iife" });
  return {
    ...parts,
    chunks: [...files.keys()].filter((name) => name !== parts.app).sort(),
    rare: RARE.flatMap((view) => parts.later[view]?.slice(0, 1) ?? []),
    sw: writeHashed("sw", ".js", await smaller(worker, false)),
  };
}

/** Each icon's own name and its name in dist/. */
function icons() {
  const folder = join(STATIC, "icons");
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  const hashed = names.map((name) => {
    const extension = extname(name);
    const content = readFileSync(join(folder, name));
    return [name, writeHashed(name.slice(0, -extension.length), extension, content)];
  });
  return Object.fromEntries(hashed);
}

/** The file names that a build.json speaks of. */
function namesIn(listing) {
  return (listing.files ?? []).flatMap((name) => [name, `${name}.br`]);
}

/** Removes what neither this build nor the one before it made. */
function sweep(before) {
  const kept = new Set([...written, ...namesIn(before), "build.json", ".stamp"]);
  for (const name of readdirSync(DIST)) {
    if (!kept.has(name)) rmSync(join(DIST, name), { recursive: true });
  }
}

/** The build.json that stands, or an empty one. */
function lastBuild() {
  const file = join(DIST, "build.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
}

mkdirSync(DIST, { recursive: true });
const before = lastBuild();
const listing = {
  ...(await scripts()),
  css: writeHashed("app", ".css", await bundle("webapp/static/css/app.css", {})),
  critical: writeHashed("critical", ".css", await bundle("webapp/static/css/critical.css", {})),
  icons: icons(),
};
listing.files = [...written].filter((name) => !name.endsWith(".br")).sort();
writeWhole("build.json", `${JSON.stringify(listing, null, 1)}\n`);
sweep(before);
for (const name of [listing.app, ...listing.chunks, listing.sw, listing.css]) {
  const bytes = readFileSync(join(DIST, `${name}.br`)).length;
  console.log(`  ${name}: ${(bytes / 1024).toFixed(1)} KB brotli`);
}
