/**
 * Writes function declarations as arrows in variables. Minified scripts are mostly arrows already,
 * and brotli finds more that repeats where all functions begin alike: a hundredth of the script.
 */
import { parse } from "acorn";

const isFunction = ({ type }) => /^(Function|ArrowFunction)/.test(type);

/** The nodes that a node is made of. */
const partsOf = (node) =>
  Object.values(node)
    .flat()
    .filter((part) => typeof part?.type === "string");

/** Whether it needs a `this` of its own, or its arguments as a list. */
const isOwn = (node) =>
  /^(ThisExpression|MetaProperty|Super)$/.test(node.type) ||
  node.name === "arguments" ||
  partsOf(node).some(
    (part) => (part.type === "ArrowFunctionExpression" || !isFunction(part)) && isOwn(part),
  );

const isDeclared = ({ type }) => type === "FunctionDeclaration";

const canBeArrow = (node) => isDeclared(node) && !node.generator && !partsOf(node).some(isOwn);

/** Every name in a node, of whatever it is. */
function namesIn(node, found = new Set()) {
  if (node.type === "Identifier") found.add(node.name);
  for (const part of partsOf(node)) namesIn(part, found);
  return found;
}

/** What a statement only declares, to be run when it is called: its name and the function. */
function declared(statement) {
  if (isDeclared(statement)) return [[statement.id.name, statement]];
  if (statement.type !== "VariableDeclaration") return [];
  return statement.declarations
    .filter(({ init }) => init && isFunction(init))
    .map(({ id, init }) => [id.name, init]);
}

/** What may run while a statement does, by name: what it names, what that names, and so on. */
function reach(statement, bodies) {
  const reached = new Set();
  const follow = (node) => {
    for (const name of namesIn(node)) {
      if (reached.has(name)) continue;
      reached.add(name);
      if (bodies.has(name)) follow(bodies.get(name));
    }
  };
  const runs = declared(statement).map(([, node]) => node);
  if (!isDeclared(statement)) {
    const parts = statement.declarations?.map(({ init }) => init) ?? [statement];
    parts.filter((part) => part && !runs.includes(part)).forEach(follow);
  }
  return reached;
}

/** The declarations of one list of statements that nothing can call before they stand there. */
function safe(statements) {
  const bodies = new Map(statements.flatMap(declared));
  const early = new Set();
  return statements.filter((statement) => {
    const fits = canBeArrow(statement) && !early.has(statement.id.name);
    for (const name of reach(statement, bodies)) early.add(name);
    return fits;
  });
}

/** All such declarations in a syntax tree: of the module, and of functions within functions. */
function found(node) {
  const body = isFunction(node) ? node.body.body : node.body;
  const isList = (isFunction(node) || node.type === "Program") && Array.isArray(body);
  return [...(isList ? safe(body) : []), ...partsOf(node).flatMap(found)];
}

/** The pieces of text that make an arrow of a declaration: from, to, and what stands there. */
function edits({ id, async, start, end, body }, code) {
  const begin = `var ${id.name} = ${async ? "async " : ""}`;
  return [
    [start, code.indexOf("(", id.end), begin],
    [body.start, body.start, "=>"],
    [end, end, ";"],
  ];
}

/**
 * @param {string} code a whole module, bundled
 * @returns {string} the same with arrows for what needs no more, and nothing called too early
 */
export function withArrows(code) {
  const program = parse(code, { ecmaVersion: "latest", sourceType: "module" });
  const all = found(program).flatMap((each) => edits(each, code));
  const fromTheEnd = all.sort((one, other) => other[0] - one[0] || other[1] - one[1]);
  return fromTheEnd.reduce(
    (text, [start, end, put]) => text.slice(0, start) + put + text.slice(end),
    code,
  );
}
