/** Her freezer: a diary of what she pumped, where it is, and what goes first. Nobody else's. */
import { status } from "../phone/index.js";
import { html, render } from "../template.js";
import { amount } from "../units.js";
import { _, LABELS, ngettext } from "../words.js";
import { list } from "./card.js";
import { onCard } from "./card-words.js";
import { bag, goneBag, lately } from "./freezer-bag.js";
import { logging } from "./freezer-log.js";
import { bar, byMonth } from "./freezer-months.js";
import { offering } from "./freezer-offer.js";
import { first, shelves, total } from "./freezer-shelf.js";
import { monthName, much, numbers, word } from "./freezer-words.js";
import { part } from "./reveal.js";
import { line, live, section, stack, syncLine, way } from "./states.js";

const LATELY = 10;

/** Which folds of the page are open. @type {Set<string>} */
const open = new Set();

// What the shell holds ready.
/** @type {any} */
let form;
/** @type {any} */
let figure;
/** How long milk keeps, and who says so, by where it is. @type {Record<string, Element>} */
let authorities;

let shown;
/** @type {(row: any) => void} */
let edit;

/** A fold that draws what is in it only while it is open: a year has two thousand bags. */
function fold(key, title, side, inside, redraw) {
  const toggled = ({ target }) => {
    if (target.open === open.has(key)) return;
    if (target.open) open.add(key);
    else open.delete(key);
    redraw();
  };
  return html`<details class="fold" open=${open.has(key) && "open"} @toggle=${toggled}><summary><span>${title}</span><span>${side}</span></summary><div>${open.has(key) && inside()}</div></details>`;
}

const count = (bags) => ngettext("%(num)s pumping", "%(num)s pumpings", bags.length);

function head({ pumping, person }) {
  const there = pumping.filter((row) => !row.gone);
  const next = first(pumping, numbers(), Date.now());
  const units = person?.units;
  return section(
    "panel",
    "",
    html`<p class="total"><b>${amount(total(there), units)}</b> <span>${count(there)}</span></p>`,
    next &&
      line("", word("first", { amount: much(next, units), where: onCard(next.fields.state) })),
    line("soft", word(pumping[0] ? "only" : "none")),
  );
}

/** Where milk is: all of it, in a freezer by month. */
function shelf({ state, bags, months }, data, storage, redraw) {
  const units = data.person?.units;
  const items = (rows) =>
    list(
      "bags",
      rows.map((row) => bag(row, data, storage, () => edit(row))),
    );
  const month = ([name, rows]) =>
    fold(
      name,
      monthName(name),
      `${amount(total(rows), units)}, ${count(rows)}`,
      () => items(rows),
      redraw,
    );
  return section(
    "stack",
    `${LABELS[state]}: ${amount(total(bags), units)}`,
    authorities[state],
    state === "frozen" ? html`<div class="folds">${months.map(month)}</div>` : items(bags),
  );
}

const bars = ({ month, pumped, given }, most, units) => html`<tr>
  <th scope="row">${monthName(month)}</th>
  <td><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><path class="pumped" transform="translate(0 2.5)" d=${bar(pumped, most)}></path><path class="given" transform="translate(0 7.5)" d=${bar(given, most)}></path></svg></td>
  <td>${amount(pumped, units)}</td>
  <td>${amount(given, units)}</td>
</tr>`;

/** The shell's own table, with a row a month. */
function chart({ pumping, person }) {
  const months = byMonth(pumping, Date.now());
  const most = Math.max(...months.map(({ pumped, given }) => Math.max(pumped, given)));
  render(
    months.map((each) => bars(each, most, person?.units)),
    figure.querySelector("tbody"),
  );
  return months[0] && figure;
}

/** What went lately, and the way back. */
function over({ pumping, person }, redraw) {
  const gone = pumping
    .filter((row) => row.gone)
    .sort((one, other) => other.gone_at.localeCompare(one.gone_at))
    .slice(0, LATELY);
  const items = () =>
    list(
      "bags",
      gone.map((row) => goneBag(row, person?.units)),
    );
  return gone[0] && html`<div class="folds">${fold("gone", word("gone"), "", items, redraw)}</div>`;
}

/** Her form, once it is known in what units she thinks. */
function log(redraw) {
  edit ??= logging(form, () => shown, redraw);
  return form;
}

function view(data, redraw) {
  shown = data;
  const { person, pumping } = data;
  const storage = pumping.findLast(({ fields }) => /freezer/.test(fields.storage))?.fields.storage;
  const stranger = !person && status().state === "signed_out";
  return stack(
    syncLine(),
    stranger && [
      line("", word("signed-out")),
      line("", way("/sign-in?next=/freezer", _("Sign in"), "button main")),
    ],
    (person || pumping[0]) && [head(data), lately(redraw)],
    person && log(redraw),
    offering(data, redraw),
    shelves(pumping).map((each) => shelf(each, data, storage ?? "", redraw)),
    chart(data),
    over(data, redraw),
  );
}

/** @param {HTMLElement} main */
export function mount(main) {
  form = part("log");
  figure = part("months");
  const said = /** @type {NodeListOf<any>} */ (part("parts").querySelectorAll("[data-keeps]"));
  authorities = Object.fromEntries([...said].map((each) => [each.dataset.keeps, each]));
  return live(main.querySelector("[data-region]"), view, false, ["pumping", "exposure"]);
}
