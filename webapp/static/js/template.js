/**
 * Views as tagged templates: each is parsed once, and from then on only what changed is written.
 *
 * A value stands in a text (text, a template, a list of either, a node, or nothing), is the whole
 * of an attribute (which is there unless it is nothing), or behind `@` what an event does. Text is
 * only ever written as text, never parsed.
 */

// The whole of an attribute, and an element that our views have no use for: where values stand.
// What a person writes is never parsed, so that it may hold either.
const MARK = "\u2063";
const PLACE = "wbr";

const asItIs = { createHTML: (text) => text };
/** Only what stands in our own source becomes markup: html`` is the one that calls it. */
const policy =
  /** @type {any} */ (globalThis).trustedTypes?.createPolicy("template", asItIs) ?? asItIs;

const isNothing = (value) => !value && value !== 0;

/** @typedef {{strings: TemplateStringsArray, values: unknown[]}} Template */

/** Tag a template. @returns {Template} */
export const html = (strings, ...values) => ({ strings, values });

const parsed = new Map();

function parse(strings) {
  const template = document.createElement("template");
  template.innerHTML = policy.createHTML(
    strings.reduce((text, after) => text + (/<[^>]*$/.test(text) ? MARK : `<${PLACE}>`) + after),
  );
  parsed.set(strings, template.content);
  return template.content;
}

/** What writes an attribute. @param {any} node @param {string} name */
function attribute(node, name) {
  let before;
  node.removeAttribute(name);
  return (value) => {
    // What she did to it since, as opening it, stands until the view says something else.
    if (value === before) return;
    before = value;
    if (name[0] === "@") node[`on${name.slice(1)}`] = value;
    else if (isNothing(value)) node.removeAttribute(name);
    else node.setAttribute(name, value);
  };
}

/** What writes the values in one node, in the order of the document. @param {Element} node */
function writersOf(node) {
  if (node.localName !== PLACE) {
    const marked = [...node.attributes].filter((each) => each.value === MARK);
    return marked.map((each) => attribute(node, each.name));
  }
  const write = child(node);
  node.remove();
  return write;
}

function writeAll(writers, values) {
  for (const [n, write] of writers.entries()) write(values[n]);
}

/** One template in the document. @param {TemplateStringsArray} strings */
function copy(strings) {
  const root = (parsed.get(strings) ?? parse(strings)).cloneNode(true);
  const writers = [...root.querySelectorAll("*")].flatMap(writersOf);
  return { strings, root, update: (values) => writeAll(writers, values) };
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
      writeAll(shown, value);
    } else if (value?.strings) {
      const made = shown?.strings === value.strings ? shown : copy(value.strings);
      made.update(value.values);
      if (made !== shown) place(made.root, made);
    } else if (value !== shown) place(isNothing(value) ? "" : value, value);
  };
}

/** Show a template at the end of an element. @param {unknown} value @param {any} element */
export function render(value, element) {
  element.shown ??= child(element.appendChild(new Comment()));
  element.shown(value);
}
