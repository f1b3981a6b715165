/** Offers side by side, from this phone's own store. */
import { howFar } from "../distance.js";
import { compare, compared } from "../phone/compared.js";
import { status } from "../phone/index.js";
import { html } from "../template.js";
import { amount } from "../units.js";
import { _, ngettext } from "../words.js";
import { fitList } from "./card.js";
import { isLive } from "./card-strip.js";
import { near } from "./card-words.js";
import { differing, MOST, rows } from "./compare-rows.js";
import { known } from "./letters.js";
import { fitting, others } from "./nearby-order.js";
import { part, reveal } from "./reveal.js";
import { button, line, live, section, stack, stranger, strip, syncLine, way } from "./states.js";
import { fill } from "./table.js";

/** So many more than she may want to choose among. */
const CHOICE = 20;

/** @type {string[]} */
let chosen = [];
let drawn = "";
let only = false;
// She may choose a third: it stays as it was when she came.
let begun = false;
/** @type {() => void} */
let again;

/** @param {string[]} ids */
function choose(ids) {
  chosen = ids;
  again?.();
  return compare(ids);
}

const without = (...ids) => chosen.filter((each) => !ids.includes(each));

/** A button that stays pressed. */
const toggle = (text, on, act, off) =>
  html`<button type="button" class="chip" aria-pressed=${`${on}`} disabled=${off} @click=${act}>${text}</button>`;

/** What an offer is called in a list. */
const called = ({ volume_ml, cell }, { cell: home, units }) =>
  [amount(volume_ml, units), home && cell && howFar(home, cell, units), near(cell)]
    .filter(Boolean)
    .join(", ");

/** Who she may choose among: her matches, then what is nearest. */
function choice({ listings, matches, person }) {
  const met = fitting(matches, "offer").flat();
  const all = [...met.map((each) => each.card), ...others(listings, matches, person, "offer")];
  const list = all.slice(0, CHOICE);
  const full = chosen.length >= MOST;
  return (
    list[0] &&
    html`<details class="fold" open=${begun}><summary><span>${_("Choose offers")}</span><span>${_("%(num)s of %(most)s", { num: chosen.length, most: MOST })}</span></summary><div><div class="chips">${list.map(
      (card) => {
        const on = chosen.includes(card.id);
        const next = () => choose(on ? without(card.id) : [...chosen, card.id]);
        return toggle(called(card, person), on, next, full && !on);
      },
    )}</div></div></details>`
  );
}

/** The table, written only where something changed: so that focus and place stay. */
function table(offers, { person, mine }) {
  const box = part("compared");
  const asked = mine.filter((row) => row.kind === "request" && isLive(row));
  const all = rows(offers, person, asked);
  const list = only ? differing(all) : all;
  const key = JSON.stringify([offers.map(({ card }) => [card.id, card.cell]), list]);
  box.hidden = !offers[0];
  if (key === drawn) return box;
  drawn = key;
  fill(
    box.firstElementChild,
    [
      line("unseen", part("asked").textContent),
      ...offers.map(({ card: { id, cell } }, at) => [
        way(`/listings/${id}`, _("Offer %(num)s", { num: at + 1 }), "quiet"),
        line("soft", near(cell)),
        button(_("Take out"), () => choose(without(id)), "quiet"),
      ]),
    ],
    list.map(({ head, cells }) => [
      head,
      ...cells.map(({ text, lines = [] }) => [text, lines[0] && fitList(lines)]),
    ]),
  );
  return box;
}

function view(data, redraw) {
  again = redraw;
  const { matches, mine, person } = data;
  if (!person || status().state === "signed_out") return stranger([]);
  // What a watch of hers found is not what she asks for.
  const asked = matches.filter((match) => mine.some((row) => row.id === match.mine));
  const best = fitting(asked, "offer").flat();
  const found = chosen.map((id) => {
    const card = known(data, id);
    return { id, card: card?.kind === "offer" && card };
  });
  const lost = found.filter(({ card }) => !card).map(({ id }) => id);
  const offers = found
    .filter(({ card }) => card)
    .map(({ id, card }) => {
      const match = best.find((each) => each.other === id);
      return { card, match, hers: mine.find((row) => row.id === match?.mine) };
    });
  reveal(part("main"), "box", ["none", "one"][offers.length] ?? "many");
  const turn = () => {
    only = !only;
    redraw();
  };
  return stack(
    lost[0] &&
      strip("row apart", [
        ngettext(
          "An offer that you chose is not available any more.",
          "%(num)s offers that you chose are not available any more.",
          lost.length,
        ),
        button(_("Take out"), () => choose(without(...lost)), "quiet"),
      ]),
    section(
      "stack",
      "",
      offers[1] && line("row", toggle(_("Only what differs"), only, turn)),
      table(offers, data),
    ),
    choice(data),
    syncLine(person),
  );
}

/** What an address asks for is hers from then on, and doesn't stand in it any more. */
async function take() {
  const id = location.hash.slice(1);
  chosen = await compared();
  if (id && !chosen.includes(id) && chosen.length < MOST) await choose([...chosen, id]);
  // Only now: what she goes on to before this is kept would find her choice lost.
  if (id) history.replaceState(null, "", location.pathname);
  begun = chosen.length < 2;
}

/** Draw what she compares. @param {HTMLElement} main */
export async function mount(main) {
  await take();
  window.onhashchange = take;
  await live(main.querySelector("[data-region]"), view);
}
