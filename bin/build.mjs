/**
 * Bundles scripts and sheets into webapp/static/dist/, one set of scripts a language.
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

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const STATIC = join(ROOT, "webapp/static");
const DIST = join(STATIC, "dist");
const WORDS = join(ROOT, ".cache/words");

// Safari 16.4 is the first that takes web push on a phone; the others are of its time.
const TARGET = ["chrome109", "firefox115", "safari16.4"];
const COMPRESSED = new Set([".js", ".css", ".svg", ".txt"]);
const SETTINGS = {
  absWorkingDir: ROOT,
  bundle: true,
  minify: true,
  write: false,
  target: TARGET,
  charset: "utf8",
  legalComments: "external",
  outdir: DIST,
  logLevel: "warning",
};

const written = new Set();
const licences = new Set();

/** Writes a file of dist/ so that nobody sees half of it. */
function writeWhole(name, content) {
  const half = join(DIST, `${name}.half`);
  writeFileSync(half, content);
  renameSync(half, join(DIST, name));
}

/** Writes content under a name that carries its hash, brotli beside it; returns that name. */
function writeHashed(stem, extension, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 10);
  const name = `${stem}-${hash}${extension}`;
  writeWhole(name, content);
  written.add(name);
  if (COMPRESSED.has(extension)) {
    const quality = { [constants.BROTLI_PARAM_QUALITY]: 11 };
    writeWhole(`${name}.br`, brotliCompressSync(content, { params: quality }));
    written.add(`${name}.br`);
  }
  return name;
}

/** Bundles one entry; returns its bytes and keeps its libraries' licences. */
async function bundle(entry, settings) {
  const { outputFiles } = await build({ ...SETTINGS, ...settings, entryPoints: [entry] });
  for (const file of outputFiles.filter((each) => each.path.endsWith(".LEGAL.txt"))) {
    licences.add(file.text.trim());
  }
  return outputFiles.find((each) => !each.path.endsWith(".LEGAL.txt")).contents;
}

/** Answers the import "#catalogue" with one language's messages. */
function catalogue(language) {
  const messages = readFileSync(join(WORDS, `${language}.json`), "utf8");
  const contents = `export const language = ${JSON.stringify(language)};
export const messages = ${messages.trim()};`;
  return {
    name: "catalogue",
    setup(plugin) {
      const named = { path: language, namespace: "catalogue" };
      plugin.onResolve({ filter: /^#catalogue$/ }, () => named);
      plugin.onLoad({ filter: /.*/, namespace: "catalogue" }, () => ({ contents, loader: "js" }));
    },
  };
}

// A message with nothing to fill in: one string literal and no more.
const PLAIN_MESSAGE = /\b_\(\s*("(?:[^"\\]|\\.)*"),?\s*\)/g;

/** Says plain messages in the bundle's own language at once: no phone has to look them up. */
function said(language) {
  const messages = JSON.parse(readFileSync(join(WORDS, `${language}.json`), "utf8"));
  const inWords = (_, literal) => {
    const message = JSON.parse(literal);
    return JSON.stringify(messages[message] ?? message);
  };
  return {
    name: "said",
    setup(plugin) {
      plugin.onLoad({ filter: /webapp.static.js.(views|elements|app)/ }, ({ path }) => ({
        contents: readFileSync(path, "utf8").replace(PLAIN_MESSAGE, inWords),
        loader: "js",
      }));
    },
  };
}

/** A bundle made smaller still: a twenty-fifth of what goes over the wire. */
async function smaller(bytes, module) {
  const { code } = await minify(Buffer.from(bytes).toString(), {
    module,
    ecma: 2022,
    compress: {
      passes: 3,
      unsafe: true,
      unsafe_arrows: true,
      pure_getters: true,
      keep_fargs: false,
    },
  });
  return Buffer.from(code.replace(/\n\s+/g, "\n"));
}

/** The page's scripts and the service worker in one language. */
async function scripts(language) {
  const plugins = [catalogue(language), said(language)];
  const page = await bundle("webapp/static/js/app.js", { format: "esm", plugins });
  const worker = await bundle("webapp/static/sw.js", { format: "iife", plugins });
  const app = await smaller(page, true);
  const sw = await smaller(worker, false);
  return {
    app: writeHashed(`app.${language}`, ".js", app),
    sw: writeHashed(`sw.${language}`, ".js", sw),
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
const languages = readdirSync(WORDS).map((name) => name.replace(/\.json$/, ""));
const css = writeHashed("app", ".css", await bundle("webapp/static/css/app.css", {}));
const critical = await bundle("webapp/static/css/critical.css", {});
const listing = {};
for (const language of languages.sort()) {
  listing[language] = { ...(await scripts(language)), css };
}
listing.critical = writeHashed("critical", ".css", critical);
listing.icons = icons();
listing.licences = writeHashed("licences", ".txt", `${[...licences].sort().join("\n\n")}\n`);
listing.files = [...written].filter((name) => !name.endsWith(".br")).sort();
writeWhole("build.json", `${JSON.stringify(listing, null, 1)}\n`);
sweep(before);
for (const name of new Set(languages.flatMap((language) => Object.values(listing[language])))) {
  const bytes = readFileSync(join(DIST, `${name}.br`)).length;
  console.log(`  ${name}: ${(bytes / 1024).toFixed(1)} KB brotli`);
}
