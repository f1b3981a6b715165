/** Tables, whose parts no template can hold: values between rows would be parsed out of it. */
import { render } from "../template.js";

/** @param {string} name @param {unknown} content of a template @param {string} [scope] */
export function cell(name, content, scope) {
  const node = /** @type {HTMLTableCellElement} */ (document.createElement(name));
  if (scope) node.scope = scope;
  render(content, node);
  return node;
}

/** @param {Node[]} cells */
function row(cells) {
  const node = document.createElement("tr");
  node.append(...cells);
  return node;
}

/**
 * Fill a table of the shell.
 * @param {HTMLTableElement} table
 * @param {unknown[]} heads of its columns
 * @param {unknown[][]} rows the first of each is its row's head
 */
export function fill(table, heads, rows) {
  table.tHead.replaceChildren(row(heads.map((each) => cell("th", each, "col"))));
  table.tBodies[0].replaceChildren(
    ...rows.map(([head, ...cells]) =>
      row([cell("th", head, "row"), ...cells.map((each) => cell("td", each))]),
    ),
  );
}
