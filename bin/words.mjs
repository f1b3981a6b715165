/**
 * Takes the words out of the scripts. The build writes a number where a marked message stood, and
 * keeps the messages in that order; a page carries them in its own language.
 */
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { parse } from "acorn";

/** How many messages each function that marks them begins with. */
const MARKS = { _: 1, ngettext: 2 };

/** Every node of a syntax tree, in the order of the text. */
function* nodes(tree) {
  if (typeof tree?.type === "string") yield tree;
  if (tree && typeof tree === "object") {
    for (const part of Object.values(tree)) yield* nodes(part);
  }
}

/** What a file calls the functions that mark messages, by what words.js calls them. */
function marksOf(program) {
  const named = program.body
    .filter(({ source }) => /(^|\/)words\.js$/.test(source?.value ?? ""))
    .flatMap(({ specifiers }) => specifiers)
    .filter(({ imported }) => Object.hasOwn(MARKS, imported?.name));
  return new Map(named.map(({ local, imported }) => [local.name, MARKS[imported.name]]));
}

/** A text written out in full; undefined where a part of it is only known later. */
function literal({ type, value, left, operator, right, quasis, expressions }) {
  if (type === "Literal" && typeof value === "string") return value;
  if (type === "TemplateLiteral" && !expressions.length) return quasis[0].value.cooked;
  if (type !== "BinaryExpression" || operator !== "+") return undefined;
  const [first, rest] = [literal(left), literal(right)];
  return first === undefined || rest === undefined ? undefined : first + rest;
}

/** The marked messages of one file, and where in it each stands. */
function marked(path) {
  const source = readFileSync(path, "utf8");
  const program = parse(source, { ecmaVersion: "latest", sourceType: "module", locations: true });
  const marks = marksOf(program);
  const found = [];
  for (const { type, callee, arguments: given, loc } of nodes(program)) {
    const many = type === "CallExpression" && marks.get(callee.name);
    if (!many) continue;
    const texts = given.slice(0, many).map(literal);
    if (texts.length < many || texts.includes(undefined)) {
      const place = `${relative(".", path)}, line ${loc.start.line}`;
      throw new Error(`${place}: ${callee.name}() marks only what is written out in full`);
    }
    found.push({ start: given[0].start, end: given[many - 1].end, texts });
  }
  return { source, found };
}

/** A file with numbers for its messages; what counts keeps the place of its second text. */
function numbered({ source, found }, numbers) {
  const inOrder = found.toSorted((one, other) => other.start - one.start);
  return inOrder.reduce((text, { start, end, texts }) => {
    const said = [numbers.get(JSON.stringify(texts)), ...texts.slice(1).map(() => 0)];
    return text.slice(0, start) + said.join() + text.slice(end);
  }, source);
}

/**
 * The messages of some files, and the esbuild plugin that puts their numbers in their places.
 * @param {string[]} paths of scripts, absolute
 * @param {Map<string, string>} [ends] what is put after a script's own text
 * @returns {{messages: (string | string[])[], plugin: import("esbuild").Plugin}} a message is its
 *   text, or [one, many] where it counts
 */
export function takeWords(paths, ends = new Map()) {
  const files = new Map(paths.toSorted().map((path) => [path, marked(path)]));
  const every = [...files.values()].flatMap(({ found }) => found);
  const keys = [...new Set(every.map(({ texts }) => JSON.stringify(texts)))];
  const numbers = new Map(keys.map((key, number) => [key, number]));
  const plugin = {
    name: "words",
    setup(build) {
      build.onLoad({ filter: /\.js$/ }, ({ path }) => {
        const file = files.get(path);
        const contents = file && numbered(file, numbers) + (ends.get(path) ?? "");
        return file && { contents, loader: "js" };
      });
    },
  };
  const messages = keys.map((key) => JSON.parse(key)).map((texts) => (texts[1] ? texts : texts[0]));
  return { messages, plugin };
}
