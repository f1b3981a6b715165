import { html, nothing } from "lit-html";
import { alertsState, allowAlerts, me, outbox, rows, status, sync } from "../phone/index.js";
import { _ } from "../words.js";
import { card, cards } from "./card.js";
import { isLive } from "./card-strip.js";
import { fitting, others } from "./nearby-order.js";
import { button, empty, live, stranger, syncLine, unwelcomed } from "./states.js";

const PAGE = 50;
const KINDS = { offer: _("Offers"), request: _("Requests") };
const ORDERS = { nearest: _("Nearest first"), newest: _("Newest first") };

let choice = { order: "nearest" };
let shown = PAGE;

try {
  choice = { ...choice, ...JSON.parse(localStorage.nearby) };
} catch {} // nothing kept, or a window that keeps nothing

/** How she looks is kept on this phone, and is nothing of her own. */
function choose(change, redraw) {
  choice = { ...choice, ...change };
  shown = PAGE;
  try {
    localStorage.nearby = JSON.stringify(choice);
  } catch {}
  redraw();
}

async function load() {
  const [person, listings, matches, waiting, alerts] = await Promise.all([
    me(),
    rows("listing"),
    rows("match"),
    outbox(),
    alertsState().catch(() => "unsupported"),
  ]);
  const mine = listings.filter((row) => row.mine);
  return { person, listings, matches, mine, live: mine.filter(isLive), waiting, alerts };
}

const refresh = () => html`<button
  class="round"
  @click=${() => sync()}
  aria-disabled=${status().state === "syncing"}
  aria-label=${_("Look again")}
>
  <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M19 12a7 7 0 1 1-2-5l2 2M19 4v5h-5" /></svg>
</button>`;

/** Said before the browser asks, and only to who waits for something. */
function alertsAsked({ alerts, live: open }, redraw) {
  if (alerts !== "off" || choice.quiet || !open.length) return nothing;
  return html`<div class="strip">
    <p>${_("Milkwell can tell you when something fits. The lock screen only says: Something near you.")}</p>
    <p class="row">
      ${button(_("Allow alerts"), allowAlerts)}
      ${button(_("Not now"), () => choose({ quiet: true }, redraw), "quiet")}
    </p>
  </div>`;
}

function matched({ matches, mine, person }, kind, title, open) {
  const { whole, unknown } = fitting(matches, kind);
  const draw = (list) =>
    cards(
      list.map((match) =>
        card(
          match.card,
          person,
          match,
          mine.find(({ id }) => id === match.mine),
        ),
      ),
    );
  return whole.length + unknown.length
    ? html`<section class="stack">
        <h2>${title}</h2>
        ${whole.length ? draw(whole) : nothing}
        ${unknown.length ? html`<h3>${open}</h3> ${draw(unknown)}` : nothing}
      </section>`
    : nothing;
}

/** Before the first answer there is nothing to be empty of. */
function none(open) {
  const { state, synced_at } = status();
  if (synced_at && open.length) {
    return html`<p class="empty">${_("Nothing near you yet. We'll tell you; no need to keep looking.")}</p>`;
  }
  if (synced_at) return empty(_("Nothing near you yet. We'll tell you; no need to keep looking."));
  return empty(
    state === "unreachable"
      ? _("No connection yet. We'll look as soon as there is one.")
      : _("Getting what is near you. The first time takes a moment."),
  );
}

/** Somebody who only gives looks for who asks; everybody else begins with offers. */
const usual = (open) =>
  open[0] && open.every(({ kind }) => kind === "offer") ? "request" : "offer";

function rest(data, redraw) {
  const kind = choice.kind ?? usual(data.live);
  const list = others(data.listings, data.matches, data.person, { ...choice, kind });
  const order = choice.order === "nearest" ? "newest" : "nearest";
  return html`<section class="stack">
    <div class="row apart">
      <div class="chips" role="group" aria-label=${_("What you see")}>
        ${Object.entries(KINDS).map(
          ([value, label]) => html`<button
            class="chip"
            aria-pressed=${value === kind}
            @click=${() => choose({ kind: value }, redraw)}
          >${label}</button>`,
        )}
      </div>
      ${list[1] ? button(ORDERS[choice.order], () => choose({ order }, redraw), "quiet order") : nothing}
    </div>
    ${list[0] ? cards(list.slice(0, shown).map((row) => card(row, data.person))) : none(data.live)}
    ${
      list.length > shown
        ? button(_("Show more"), () => {
            shown += PAGE;
            redraw();
          })
        : nothing
    }
  </section>`;
}

function view(data, redraw) {
  if (status().state === "signed_out") return stranger(data.waiting);
  if (!data.person) return none(data.live);
  return html`<div class="stack wide">
    <div class="sync">${syncLine(data.person)} ${refresh()}</div>
    ${unwelcomed(data.person)} ${alertsAsked(data, redraw)}
    ${matched(data, "offer", _("Fits what you ask for"), _("Not said. You can ask her."))}
    ${matched(data, "request", _("Would like what you offer"), _("You haven't said all they ask."))}
    ${rest(data, redraw)}
  </div>`;
}

/** Draw what is near, from this phone's own store. @param {HTMLElement} main */
export const mount = (main) => live(main, load, view);
