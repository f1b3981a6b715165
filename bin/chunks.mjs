/**
 * Splits the page's script: what every page loads, and the views that something imports by
 * import(), which only pages of their own load.
 *
 * All of it takes its names from one hash. Chunks import each other in circles (the script names
 * its views, a view what it shares with the script), so that none can wait for the hash of what it
 * imports; and a page never mixes the modules of two builds.
 */
import { createHash } from "node:crypto";
import { basename, join } from "node:path";
import { parse } from "acorn";
import { build } from "esbuild";
import { takeWords } from "./words.mjs";

/** A module and all that it imports by statements. */
function together(inputs, path, found = new Set()) {
  if (found.has(path)) return found;
  found.add(path);
  const now = inputs[path].imports.filter(({ kind }) => kind === "import-statement");
  for (const each of now) together(inputs, each.path, found);
  return found;
}

/**
 * What an entry is made of; and what comes later, each with what it is to import: the entry, and
 * where it shares anything with others, all that any share. Paths from the root.
 */
async function modules(entry, settings) {
  const { metafile } = await build({ ...settings, entryPoints: [entry], metafile: true });
  const { inputs } = metafile;
  const imports = Object.values(inputs).flatMap((each) => each.imports);
  const how = (kind) =>
    new Set(imports.filter((each) => each.kind === kind).map(({ path }) => path));
  const later = how("dynamic-import");
  const both = [...how("import-statement")].find((path) => later.has(path));
  if (both) throw new Error(`${both} comes later, and yet is imported by a statement too`);
  const first = together(inputs, entry);
  const own = [...later].map((path) =>
    [...together(inputs, path)].filter((one) => !first.has(one)),
  );
  const all = own.flat();
  const common = new Set(all.filter((path, at) => all.indexOf(path) < at).sort());
  const extra = own.map((paths) => (paths.some((path) => common.has(path)) ? [...common] : []));
  return {
    paths: Object.keys(inputs),
    later: new Map([...later].map((path, at) => [path, [entry, ...extra[at]]])),
  };
}

/** esbuild's own chunks; nothing is named yet. */
async function chunked(entry, settings) {
  const root = settings.absWorkingDir;
  const { paths, later } = await modules(entry, settings);
  // Without this, each set of views that share something would be a chunk.
  const end = (path) => `\nimport ${JSON.stringify(join(root, path))};`;
  const ends = new Map([...later].map(([path, all]) => [join(root, path), all.map(end).join("")]));
  const { messages, plugin } = takeWords(
    paths.map((path) => join(root, path)),
    ends,
  );
  const { metafile, outputFiles } = await build({
    ...{ ...settings, entryPoints: [entry], plugins: [plugin] },
    ...{ format: "esm", splitting: true, metafile: true },
  });
  const codes = new Map(outputFiles.map(({ path, contents }) => [basename(path), contents]));
  const chunks = Object.entries(metafile.outputs).map(([path, { entryPoint, imports, inputs }]) => {
    const now = imports.filter(({ kind }) => kind === "import-statement");
    return {
      ...{ path: basename(path), code: codes.get(basename(path)), imports: now },
      ...{ view: entryPoint, isApp: Boolean(inputs[entry]), empty: !Object.keys(inputs)[0] },
    };
  });
  // Where there are later views, the entry's own file only imports the one with its code.
  return { messages, chunks: chunks.filter(({ empty }) => !empty) };
}

/** Every place of a syntax tree that names another module. */
function* namings(node) {
  if (!node || typeof node !== "object") return;
  if (/^(Im|Ex)port/.test(node.type) && node.source) yield node.source;
  for (const part of Object.values(node)) yield* namings(part);
}

/** A chunk's code with the names that the chunks it imports have at last. */
function renamed(code, names) {
  const program = parse(code, { ecmaVersion: "latest", sourceType: "module" });
  const fromTheEnd = [...namings(program)].sort((one, other) => other.start - one.start);
  return fromTheEnd.reduce((text, { start, end, value }) => {
    const name = names.get(basename(value));
    if (!name) throw new Error(`no chunk is called ${value}`);
    return `${text.slice(0, start)}"./${name}"${text.slice(end)}`;
  }, code);
}

/** What a chunk is called: after its view, or what several have in common. */
function stem({ isApp, view }, entry) {
  const about = isApp ? entry : view;
  return about ? basename(about, ".js") : "common";
}

/**
 * @param {string} entry the page's script, a path from the root
 * @param {import("esbuild").BuildOptions} settings
 * @param {(code: Uint8Array) => Promise<Uint8Array>} smaller
 * @returns {Promise<{app: string, later: Record<string, string[]>, files: Map<string, string>,
 *   messages: (string | string[])[]}>} the file that every page loads; by the name of a view, the
 *   files that its page loads beside that; what is in each file
 */
export async function split(entry, settings, smaller) {
  const { messages, chunks } = await chunked(entry, settings);
  const hash = createHash("sha256");
  for (const chunk of chunks) {
    chunk.code = (await smaller(chunk.code)).toString();
    hash.update(`${chunk.path}\0${chunk.code}\0`);
  }
  const end = `-${hash.digest("hex").slice(0, 10)}.js`;
  const names = new Map(chunks.map((each) => [each.path, stem(each, entry) + end]));
  if (new Set(names.values()).size < chunks.length) throw new Error("two chunks have one name");
  const app = names.get(chunks.find(({ isApp }) => isApp).path);
  const views = chunks.filter(({ view, isApp }) => view && !isApp);
  const beside = ({ path, imports }) =>
    [path, ...imports.map((each) => basename(each.path))]
      .map((each) => names.get(each))
      .filter((name) => name !== app);
  return {
    ...{ app, messages },
    later: Object.fromEntries(views.map((each) => [stem(each, entry), beside(each)])),
    files: new Map(chunks.map(({ path, code }) => [names.get(path), renamed(code, names)])),
  };
}
