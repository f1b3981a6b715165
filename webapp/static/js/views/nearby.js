import { html, nothing } from "lit-html";
import { allowAlerts, status, sync } from "../phone/index.js";
import { _ } from "../words.js";
import { card, cards } from "./card.js";
import { matched } from "./card-matches.js";
import { isLive } from "./card-strip.js";
import { others } from "./nearby-order.js";
import { button, empty, line, live, stack, stranger, syncLine, unwelcomed } from "./states.js";

const PAGE = 50;
const KINDS = Object.entries({ offer: _("Offers"), request: _("Requests") });

let choice;
let shown = PAGE;

/** How she looks is kept on this phone, and is nothing of her own. */
function choose(change, redraw) {
  choice = { ...choice, ...change };
  shown = PAGE;
  localStorage.nearby = JSON.stringify(choice);
  redraw();
}

const parts = {};

/** What the shell holds ready, until it is put in its place. @param {string} id */
const part = (id) => (parts[id] ??= document.getElementById(id));

function refresh() {
  const again = part("again");
  again.onclick = sync;
  again.ariaDisabled = String(status().state === "syncing");
  return again;
}

/** Said before the browser asks, and only to who waits for something. */
function alertsAsked(redraw) {
  const [allow, quiet] = part("ask").children[1].children;
  allow.onclick = allowAlerts;
  quiet.onclick = () => choose({ quiet: true }, redraw);
  return part("ask");
}

/** Before the first answer there is nothing to be empty of. */
function none(open) {
  const { state, synced_at } = status();
  if (synced_at) {
    const text = _("Nothing near you yet. We'll tell you; no need to keep looking.");
    return open.length ? line("empty", text) : empty(text);
  }
  return empty(
    state === "unreachable"
      ? _("No connection yet. We'll look as soon as there is one.")
      : _("Getting what is near you. The first time takes a moment."),
  );
}

function rest({ listings, matches, person }, open, redraw) {
  // Somebody who only gives looks for who asks; everybody else begins with offers.
  const gives = open[0] && open.every(({ kind }) => kind === "offer");
  const { kind = gives ? "request" : "offer", newest } = choice;
  const list = others(listings, matches, person, kind, newest);
  const more = () => {
    shown += PAGE;
    redraw();
  };
  return html`<section class="stack">
    <div class="row apart">
      <div class="chips" role="group" aria-label=${_("What you see")}>${KINDS.map(
        ([value, label]) =>
          html`<button class="chip" aria-pressed=${value === kind} @click=${() => choose({ kind: value }, redraw)}>${label}</button>`,
      )}</div>
      ${list[1] && button(newest ? _("Newest first") : _("Nearest first"), () => choose({ newest: !newest }, redraw), "quiet order")}
    </div>
    ${list[0] ? cards(list.slice(0, shown).map((row) => card(row, person))) : none(open)}
    ${list[shown] && button(_("Show more"), more)}
  </section>`;
}

function view(data, redraw) {
  const { person, mine, waiting, alerts } = data;
  const open = mine.filter(isLive);
  if (status().state === "signed_out") return stranger(waiting);
  if (!person) return none(open);
  return stack(
    html`<div class="sync">${syncLine(person)}${refresh()}</div>`,
    unwelcomed(person),
    alerts === "off" && !choice.quiet && open[0] ? alertsAsked(redraw) : nothing,
    matched(data, "offer"),
    matched(data, "request"),
    rest(data, open, redraw),
  );
}

/** Draw what is near, from this phone's own store. @param {HTMLElement} main */
export function mount(main) {
  choice = JSON.parse(localStorage.nearby ?? "{}");
  return live(main, view);
}
