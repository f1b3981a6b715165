/** What is near as a picture: hexagons around home, each with how many there fit her filters. */
import { status } from "../phone/index.js";
import { html } from "../template.js";
import { distance } from "../units.js";
import { _, ngettext } from "../words.js";
import { bearing, far, place, placed } from "./around-cells.js";
import { picture } from "./around-picture.js";
import { card, cards } from "./card.js";
import { isLive } from "./card-strip.js";
import { near } from "./card-words.js";
import { filters, sift } from "./nearby-filter.js";
import { others } from "./nearby-order.js";
import { part, phrase, reveal } from "./reveal.js";
import { button, live, section, stack, stranger, strip, syncLine, unwelcomed } from "./states.js";
import { fill } from "./table.js";

const PAGE = 50;

let shown = PAGE;
/** Which hexagon she looks at; -1 is all of them. */
let chosen = -1;
/** The picture, with what it was drawn of; and what the table says. */
let drawn;
let tabled;

/** How she looks on Nearby, on this phone alone. */
const kept = () => JSON.parse(localStorage.nearby ?? "{}");

/** Changed here, it is changed there. */
function look(said, redraw) {
  localStorage.nearby = JSON.stringify({ ...kept(), ...said });
  shown = PAGE;
  redraw();
}

/** What only this shell has words for. */
const word = (code) => part("said").querySelector(`[data-word="${code}"]`).textContent;

/** "12 mi, north-east" @param {any} hexagon */
const away = (hexagon, units) =>
  hexagon.home ? word("home") : `${distance(far(hexagon), units)}, ${word(bearing(hexagon))}`;

/** "near Gresham, 12 mi, north-east" */
const called = (hexagon, units) =>
  [near(place(hexagon)), away(hexagon, units)].filter(Boolean).join(", ");

/** The same for who can't see the picture, or would rather read. */
function tell(hexagons, kind, units) {
  const full = hexagons.filter((each) => each.cards[0]).sort((one, other) => far(one) - far(other));
  const rows = full.map((each) => [
    near(place(each)) || away(each, units),
    away(each, units),
    String(each.cards.length),
  ]);
  const said = JSON.stringify([kind, rows]);
  // Only where it says something else, so that the focus stays where it is.
  if (said === tabled) return;
  tabled = said;
  fill(
    part("tabled"),
    ["where", "far", kind].map(word),
    rows.map(([name, ...rest], at) => [
      button(name, () => drawn.choose(hexagons.indexOf(full[at])), "quiet"),
      ...rest,
    ]),
  );
}

/** Draw it, or bring it up to date. @returns {HTMLElement} */
function whole(hexagons, kind, on, person, redraw) {
  const { around, units } = person;
  const [panel, form] = [part("whole"), part("kinds")];
  const shape = JSON.stringify(around);
  if (drawn?.shape !== shape) {
    const made = picture(around, (at) => drawn.choose(at));
    drawn = { shape, ...made };
    part("picture").replaceChildren(made.svg);
  }
  drawn.choose = (at) => {
    chosen = at === chosen ? -1 : at;
    shown = PAGE;
    redraw();
  };
  drawn.show(hexagons, (each) => `${called(each, units)}: ${each.cards.length}`, chosen);
  tell(hexagons, kind, units);
  drawn.svg.setAttribute("aria-label", word(kind));
  panel.className = `stack ${kind}`;
  form.kind.value = kind;
  form.onchange = () => look({ kind: [form.kind.value] }, redraw);
  const some = on ? "some" : "none";
  phrase(panel, { num: on });
  reveal(panel, "on", some);
  for (const each of panel.querySelectorAll("[data-tells]")) {
    each.hidden = each.dataset.tells !== `${kind} ${some}`;
  }
  return panel;
}

/** What is in the hexagon that she looks at, or in all. */
function list(hexagons, all, silent, person, redraw) {
  const here = hexagons[chosen];
  const rows = here?.cards ?? all;
  const more = () => {
    shown += PAGE;
    redraw();
  };
  return section(
    "stack",
    "",
    html`<div class="row apart" role="status"><h2>${here ? called(here, person.units) : word("all")}</h2>${here && button(word("all"), () => drawn.choose(chosen), "quiet")}</div>`,
    cards(rows.slice(0, shown).map((row) => card(row, person))),
    rows[shown] && button(_("Show more"), more),
    silent > 0 &&
      !here &&
      strip("row apart", [
        ngettext(
          "%(num)s more hasn't said. You can ask her.",
          "%(num)s more haven't said. You can ask them.",
          silent,
        ),
        button(_("Show them too"), () => look({ unsaid: ["y"] }, redraw), "quiet"),
      ]),
  );
}

/** Why there is no list, or no picture. @param {string} why */
function none(why) {
  reveal(part("none"), "for", why);
  return part("none");
}

function view(data, redraw) {
  const { person, mine, waiting, listings } = data;
  const { state, synced_at, nearLess } = status();
  if (state === "signed_out") return stranger(waiting);
  const early = state === "unreachable" ? "away" : "first";
  if (!person) return none(early);
  const frame = (...parts) => stack(syncLine(person), unwelcomed(person), ...parts);
  // Who has no home yet is led to give one; where there is no room, a strip above says so.
  if (!person.cell || nearLess) return frame();
  if (!person.around) return frame(none("old"));
  const open = mine.filter(isLive);
  const gives = open[0] && open.every((row) => row.kind === "offer");
  const looks = { kind: [gives ? "request" : "offer"], ...kept() };
  const [kind] = looks.kind;
  const on = filters(looks);
  const all = others(listings, [], person, kind, looks.newest?.[0]);
  if (!all[0] && !synced_at) return frame(none(early));
  const [fit, possible] = sift(all, on);
  const found = looks.unsaid ? possible : fit;
  const hexagons = placed(person.around, person.cell, found);
  /** @type {any} */ (hexagons[0]).home = true;
  if (!hexagons[chosen]?.cards[0]) chosen = -1;
  return frame(
    whole(hexagons, kind, on.length, person, redraw),
    found[0]
      ? list(hexagons, found, possible.length - found.length, person, redraw)
      : none(all[0] ? "filtered" : "nothing"),
  );
}

/** Draw what is near, from this phone's own store. @param {HTMLElement} main */
export const mount = (main) => live(main.querySelector("[data-region]"), view);
