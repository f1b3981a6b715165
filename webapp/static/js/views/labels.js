/** Labels for the bags of an offer, or of her freezer, on sheets that shops have. */
import { batchesIn } from "../batches.js";
import { number } from "../numbers.js";
import { html, render } from "../template.js";
import { amount } from "../units.js";
import { _, ngettext } from "../words.js";
import { codeOf, days, oldestFirst } from "./bags.js";
import { dayOf } from "./freezer-keeping.js";
import { labelsOf, MOST, ofBatches, ofPumpings, pages, SHEETS, sizes } from "./label-sheets.js";
import { known } from "./letters.js";
import { absent, say } from "./listing-absent.js";
import { part } from "./reveal.js";
import { live } from "./states.js";

const BLANK = "________";

/** Sources that she took out, by id. */
const left = new Set();

const inHer = ({ ml, about }, units) => {
  if (!ml) return BLANK;
  const said = amount(ml, units);
  return about ? _("about %(amount)s", { amount: said }) : said;
};

const label = (each, units) =>
  each
    ? html`<div class="label"><b>${each.when || BLANK}</b><span>${inHer(each, units)}</span><span>${each.code}</span></div>`
    : html`<div class="label used"></div>`;

/** What can be labelled, to be taken out or in. @param {any} source @param {() => void} redraw */
const chip = ({ id, from, to, portions }, redraw) => {
  const turn = () => {
    if (!left.delete(id)) left.add(id);
    redraw();
  };
  const text = [from && days(from, to || from), codeOf(id), `×\u00a0${portions}`];
  return html`<button type="button" class="chip" aria-pressed=${`${!left.has(id)}`} @click=${turn}>${text.filter(Boolean).join(" · ")}</button>`;
};

/** The paper's size holds for the page that is printed, and CSS can't compute it. */
const page = new CSSStyleSheet();

/** @param {import("./label-sheets.js").Sheet} sheet @param {any[][]} leaves */
function draw(sheet, leaves, units) {
  const box = part("leaves");
  for (const [name, value] of Object.entries(sizes(sheet))) box.style.setProperty(name, `${value}`);
  page.replaceSync(`@page { size: ${sheet.paper.map((mm) => `${mm}mm`).join(" ")}; margin: 0 }`);
  render(
    leaves.map((leaf) => html`<div class="leaf">${leaf.map((each) => label(each, units))}</div>`),
    box,
  );
}

/** What she can label here: her own offer's batches, or what is in her freezer. */
function sources(data, id) {
  if (!id) return ofPumpings(data.pumping, dayOf);
  const row = known(data, id);
  return (
    row?.mine &&
    row.kind === "offer" &&
    ofBatches(oldestFirst(batchesIn(row.fields)), row.volume_ml)
  );
}

function drawn(data, redraw, id) {
  const form = part("labels");
  const all = sources(data, id);
  form.hidden = !all;
  if (!all) return absent();
  const units = data.person?.units;
  form.sheet.value ||= units === "oz" ? "5160" : "L7160";
  const sheet = SHEETS[form.sheet.value];
  const last = sheet.grid[0] * sheet.grid[1];
  const start = Math.min(Math.max(Math.trunc(number(form.start.value)) || 1, 1), last);
  const there = all.filter(({ portions }) => portions > 0);
  const labels = labelsOf(there.filter((each) => !left.has(each.id))).slice(0, MOST);
  const leaves = labels[0] ? pages(labels, sheet, start) : [];
  say(there[0] ? (there.length < all.length ? "some unsaid" : "some") : "unsaid");
  part("change").href = `/listings/${id}/edit`;
  render(
    there.map((each) => chip(each, redraw)),
    part("milk"),
  );
  const many = ngettext("%(num)s label", "%(num)s labels", labels.length);
  const sheets = ngettext("%(num)s sheet", "%(num)s sheets", leaves.length);
  part("many").textContent = leaves[0] && _("%(labels)s on %(sheets)s", { labels: many, sheets });
  draw(sheet, leaves, units);
}

/** Draw the labels of this address. @param {HTMLElement} main */
export async function mount(main) {
  const [, of, id] = location.pathname.split("/");
  const form = part("labels");
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, page];
  form.onsubmit = (event) => {
    event.preventDefault();
    print();
  };
  // The freezer's page names those that she chose there.
  let chosen = location.hash.slice(1);
  await live(main.querySelector("[data-region]"), view, false, ["pumping"]);

  function view(data, redraw) {
    form.oninput = redraw;
    for (const { id: each } of chosen ? data.pumping : [])
      if (!chosen.includes(each)) left.add(each);
    chosen = "";
    return drawn(data, redraw, of === "listings" && id);
  }
}
