/** One page for a paediatrician: what is reported of an offer, as far as whoever prints it may see. */
import { spoken } from "../dates.js";
import { dayAhead } from "../elements/periods.js";
import { html, render } from "../template.js";
import { _ } from "../words.js";
import { CHANGED, known } from "./letters.js";
import { absent, say } from "./listing-absent.js";
import { part, phrase } from "./reveal.js";
import { bagByBag, facts, ownMilk, screened, theirMilk } from "./sheet-parts.js";
import { live } from "./states.js";
import { fill } from "./table.js";

/** What both an A4 and a Letter page leave within margins of 12 mm, in CSS pixels. */
const PAGE_PX = (254 / 25.4) * 96;
/** Points: as it reads well, and as small as it may get. */
const [LARGEST, SMALLEST] = [10, 5];

const word = (code) => document.querySelector(`[data-word="${code}"]`)?.textContent ?? code;

/** As large as fits on one page. @param {HTMLElement} sheet */
function fit(sheet) {
  sheet.classList.add("tried");
  for (let pt = LARGEST; pt >= SMALLEST; pt -= 0.25) {
    sheet.style.setProperty("--pt", `${pt}pt`);
    if (sheet.offsetHeight <= PAGE_PX) break;
  }
  sheet.classList.remove("tried");
}

const list = (title, lines, kind = "") =>
  lines[0] &&
  html`<section>${title && html`<h3>${title}</h3>`}<dl class=${kind}>${lines.map(([head, text]) => html`<div><dt>${head}</dt><dd dir="auto">${text}</dd></div>`)}</dl></section>`;

/** @param {any} sheet @param {any} milk @param {any} talk her conversation about it, if any */
function write(sheet, milk, { screening, changed }, units) {
  const said = facts(milk, word, units);
  const { all, unsaid, heads, rows: bags } = bagByBag(milk.batches, word, units);
  const [, body, box] = sheet.children;
  render(
    [
      changed && html`<p><b>${CHANGED}</b></p>`,
      list("", said.facts),
      list("", said.answers),
      list("", milk.note ? [[_("Her note"), milk.note]] : [], "whole"),
      list(_("Screening"), screened(screening ?? {}, word)),
      list(word("bags"), bags[0] ? all : []),
      list("", bags[0] && unsaid[0] ? [[word("unsaid"), unsaid.join(", ")]] : []),
    ],
    body,
  );
  box.hidden = !bags[0];
  if (bags[0]) fill(box.firstElementChild, heads, bags);
  phrase(sheet, { date: spoken("DateTimeFormat", { dateStyle: "long" }).format(new Date()) });
}

/** Draw the sheet of this address. @param {HTMLElement} main */
export async function mount(main) {
  const [, , id] = location.pathname.split("/");
  const sheet = part("sheet");
  const noted = part("noted");
  part("print").onclick = () => print();
  window.onbeforeprint = () => fit(sheet);
  await live(main.querySelector("[data-region]"), view, false, ["exposure"]);

  function view(data, redraw) {
    const row = known(data, id);
    if (row?.kind !== "offer") return absent();
    noted.onchange = redraw;
    const talk = data.conversations.find((each) => each.other === id && !each.gone) ?? {};
    const milk = row.mine
      ? ownMilk(row, data.exposure, noted.checked, dayAhead(0))
      : theirMilk(row, talk.opened);
    say(row.mine ? "own" : milk.batches[0] ? "bags" : "closed");
    write(sheet, milk, row.mine ? {} : talk, data.person?.units);
  }
}
