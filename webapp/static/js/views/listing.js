import { html, nothing } from "lit-html";
import { me, row, rows, status } from "../phone/index.js";
import { _ } from "../words.js";
import { figures, fitList } from "./card.js";
import { cardLines, matchLines } from "./fit.js";
import { own } from "./listing-own.js";
import { live, stranger, syncLine, way } from "./states.js";

async function load() {
  const id = location.pathname.split("/")[2];
  const [person, listing, matches, listings] = await Promise.all([
    me(),
    row("listing", id),
    rows("match"),
    rows("listing"),
  ]);
  return { person, listing, matches, listings };
}

/** Why it isn't here, as far as this phone can know. */
function absent() {
  const { state, synced_at } = status();
  if (state === "signed_out") return stranger([]);
  if (state === "idle" && synced_at) {
    return html`<div class="stack empty">
      <p>${_("Not available any more.")}</p>
      <p>${way("/nearby", _("What is near you"))}</p>
    </div>`;
  }
  return html`<p class="empty">${_("It isn't on this phone. We'll look as soon as there is a connection.")}</p>`;
}

/** @type {(title: string, lines: import("./fit.js").Line[], more?: unknown) => unknown} */
const lined = (title, lines, more) =>
  lines.length
    ? html`<section class="panel"><h2>${title}</h2>${fitList(lines)}${more || nothing}</section>`
    : nothing;

function theirs({ person, listing, matches, listings }) {
  const [match] = matches
    .filter(({ other }) => other === listing.id)
    .sort((one, other) => one.rank - other.rank);
  const mine = listings.find(({ id }) => id === match?.mine);
  const offers = listing.kind === "offer";
  const ask = offers && match?.fit === "unknown" && html`<p>${_("Not said. You can ask her.")}</p>`;
  return html`<article class="stack">
    ${listing.pushed ? html`<p class="strip wait">${_("From an alert, not yet confirmed")}</p>` : nothing}
    <section class="panel">${figures(listing, person)}</section>
    ${lined(
      offers ? _("Fits what you ask for") : _("Would like what you offer"),
      match ? matchLines(match, mine, person?.units) : [],
      ask,
    )}
    ${lined(offers ? _("What she reports") : _("What they need"), cardLines(listing, true))}
    <p>${_("Milk is a gift here. Nobody may ask for money, postage or a deposit.")}</p>
    <p>${_("Meet first, where you both choose.")}</p>
    ${syncLine()}
  </article>`;
}

function view(data) {
  const { listing } = data;
  if (!listing) return absent();
  const title = listing.kind === "offer" ? _("Your offer") : _("Your request");
  if (listing.mine) document.querySelector("h1").textContent = title;
  return listing.mine ? own(data) : theirs(data);
}

/** Draw the listing of this address. @param {HTMLElement} main */
export const mount = (main) => live(main, load, view);
