import { nothing } from "lit-html";
import { status } from "../phone/index.js";
import { _ } from "../words.js";
import { figures, fitList } from "./card.js";
import { MATCHED } from "./card-matches.js";
import { YOURS } from "./card-words.js";
import { cardLines, matchLines } from "./fit.js";
import { own } from "./listing-own.js";
import { fitting } from "./nearby-order.js";
import { line, live, section, stranger, strip, syncLine, way } from "./states.js";

/** Why it isn't here, as far as this phone can know. */
function absent() {
  const { state, synced_at } = status();
  if (state === "signed_out") return stranger([]);
  if (state !== "idle" || !synced_at) {
    return line("empty", _("It isn't on this phone. We'll look as soon as there is a connection."));
  }
  return section(
    "stack empty",
    "",
    line("", _("Not available any more.")),
    line("", way("/nearby", _("What is near you"))),
  );
}

function theirs({ person, listings }, listing, match) {
  const offers = listing.kind === "offer";
  const mine = listings.find(({ id }) => id === match?.mine);
  const [title, open] = MATCHED[listing.kind];
  return section(
    "stack",
    "",
    listing.pushed && strip("wait", _("From an alert, not yet confirmed")),
    section("panel", "", figures(listing, person)),
    match &&
      section(
        "panel",
        title,
        fitList(matchLines(match, mine, person?.units)),
        offers && match.fit !== "whole" ? line("", open) : nothing,
      ),
    section(
      "panel",
      offers ? _("What she reports") : _("What they need"),
      fitList(cardLines(listing, true)),
    ),
    line("", _("Milk is a gift here. Nobody may ask for money, postage or a deposit.")),
    line("", _("Meet first, where you both choose.")),
    syncLine(),
  );
}

function view(data) {
  const id = location.pathname.split("/")[2];
  const { listings, matches } = data;
  const hers = matches.filter(({ other }) => other === id);
  // A listing beyond what the phone holds is still known by the card of its match.
  const listing = listings.find((each) => each.id === id) ?? hers[0]?.card;
  if (!listing) return absent();
  if (!listing.mine) return theirs(data, listing, fitting(hers, listing.kind).flat()[0]);
  document.querySelector("h1").textContent = YOURS[listing.kind];
  return own(data, listing);
}

/** Draw the listing of this address. @param {HTMLElement} main */
export const mount = (main) => live(main, view);
