/**
 * Views as tagged templates: each is parsed once, and from then on only what changed is written.
 *
 * A value stands in a text (text, a template, a list of either, a node, or nothing), in an
 * attribute, or behind `@` as what an event does and behind `?` as whether an attribute is there.
 * Text is only ever written as text, never parsed.
 */

// No text that a person writes is parsed, so its coming up in one does no harm.
const MARK = "\u2063";

const pages = /** @type {any} */ (globalThis).trustedTypes;
/** Only what stands in our own source becomes markup: html`` is the one that calls it. */
const policy = pages?.createPolicy("template", { createHTML: (text) => text });

/** What stands for nothing at all. */
export const nothing = undefined;

const isNothing = (value) => value == null || value === false || value === "";

/** @typedef {{strings: TemplateStringsArray, values: unknown[]}} Template */

/** Tag a template. @returns {Template} */
export const html = (strings, ...values) => ({ strings, values });

const parsed = new WeakMap();

function parse(strings) {
  const template = document.createElement("template");
  const text = strings.reduce((before, after) => {
    const inTag = before.lastIndexOf("<") > before.lastIndexOf(">");
    return before + (inTag ? MARK : `<!--${MARK}-->`) + after;
  });
  template.innerHTML = policy ? policy.createHTML(text) : text;
  return template.content;
}

/** What writes an attribute. It takes the values of its marks from the front of those left. */
function attribute(node, { name, value: marked }) {
  const alone = marked === MARK;
  const plain = name.slice(1);
  let before;
  node.removeAttribute(name);
  return (left) => {
    const value = alone
      ? left.shift()
      : marked.split(MARK).reduce((whole, after) => whole + left.shift() + after);
    // What she did to it since, as opening it, stands until the view says something else.
    if (value === before) return;
    before = value;
    if (name[0] === "@") node[`on${plain}`] = value;
    else if (name[0] === "?") node.toggleAttribute(plain, Boolean(value));
    else if (isNothing(value)) node.removeAttribute(name);
    else node.setAttribute(name, value);
  };
}

/** What writes the values in one node, in the order of the document. @param {any} node */
function writersOf(node) {
  if (node.data === MARK) {
    const write = child(node);
    return [(left) => write(left.shift())];
  }
  const marked = [...(node.attributes ?? [])].filter(({ value }) => value.includes(MARK));
  return marked.map((each) => attribute(node, each));
}

/** One template in the document. @param {TemplateStringsArray} strings */
function copy(strings) {
  if (!parsed.has(strings)) parsed.set(strings, parse(strings));
  const root = document.importNode(parsed.get(strings), true);
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_COMMENT);
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  const writers = nodes.flatMap(writersOf);
  const update = (values) => {
    const left = [...values];
    for (const write of writers) write(left);
  };
  return { strings, root, update };
}

/** What writes one value before a node. @param {any} next */
function child(next) {
  const [start, end] = [new Comment(), new Comment()];
  next.before(start, end);
  let shown;

  function place(content, what) {
    while (start.nextSibling !== end) start.nextSibling.remove();
    end.before(content);
    shown = what;
  }

  return (value) => {
    if (Array.isArray(value)) {
      if (!Array.isArray(shown)) place("", []);
      while (shown.length < value.length) shown.push(child(end));
      for (const [n, write] of shown.entries()) write(value[n]);
    } else if (value?.strings) {
      const made = shown?.strings === value.strings ? shown : copy(value.strings);
      made.update(value.values);
      if (made !== shown) place(made.root, made);
    } else if (value !== shown) place(isNothing(value) ? "" : value, value);
  };
}

const shownIn = new WeakMap();

/** Show a template at the end of an element. @param {unknown} value @param {Element} element */
export function render(value, element) {
  if (!shownIn.has(element)) shownIn.set(element, child(element.appendChild(new Comment())));
  shownIn.get(element)(value);
}
