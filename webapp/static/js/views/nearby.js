import { html, nothing } from "lit-html";
import { allowAlerts, status, sync } from "../phone/index.js";
import { _ } from "../words.js";
import { card, cards } from "./card.js";
import { matched } from "./card-matches.js";
import { isLive } from "./card-strip.js";
import { ALERTS } from "./me-alerts.js";
import { others } from "./nearby-order.js";
import {
  button,
  empty,
  line,
  live,
  section,
  stack,
  stranger,
  syncLine,
  unwelcomed,
} from "./states.js";

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

const refresh =
  () => html`<button class="round" @click=${sync} aria-disabled=${status().state === "syncing"} aria-label=${_("Look again")}>
  <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M19 12a7 7 0 1 1-2-5l2 2M19 4v5h-5" /></svg>
</button>`;

/** Said before the browser asks, and only to who waits for something. */
const alertsAsked = (redraw) =>
  section(
    "strip",
    "",
    ALERTS.why,
    line(
      "row",
      button(ALERTS.allow, allowAlerts),
      button(_("Not now"), () => choose({ quiet: true }, redraw), "quiet"),
    ),
  );

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
