import { html } from "../template.js";
import { _ } from "../words.js";
import { figures, fitList } from "./card.js";
import { cardLines } from "./card-lines.js";
import { isWatched, MATCHED } from "./card-matches.js";
import { YOURS } from "./card-words.js";
import { fitLines, wishLines } from "./fit.js";
import { writing } from "./letter-first.js";
import { known } from "./letters.js";
import { absent, say } from "./listing-absent.js";
import { own } from "./listing-own.js";
import { ways } from "./listing-ways.js";
import { fitting, hers } from "./nearby-order.js";
import { dealing } from "./report.js";
import { line, live, section, strip, syncLine } from "./states.js";

function theirs(data, listing, match) {
  const { person } = data;
  const offers = listing.kind === "offer";
  const mine = match && hers(data, match);
  const wishes = match ? wishLines(match, mine, person?.units) : [];
  const [title, open] = MATCHED[isWatched(data, match) ? "watch" : listing.kind];
  return section(
    "stack",
    "",
    listing.pushed && strip("wait", _("From an alert, not yet confirmed")),
    section("panel", "", figures(listing, person)),
    match &&
      section(
        "panel",
        title,
        fitList(fitLines(match, mine, person?.units)),
        wishes[0] && html`<h3>${_("What you wished for")}</h3>`,
        fitList(wishes),
        offers && match.fit === "unknown" && line("", open),
      ),
    section(
      "panel",
      offers ? _("What she reports") : _("What they need"),
      fitList(cardLines(listing, true)),
    ),
    syncLine(),
  );
}

function view(data) {
  const [, , id] = location.pathname.split("/");
  const listing = known(data, id);
  if (!listing) return absent();
  const { kind } = listing;
  if (kind === "offer") ways(id, listing.mine);
  if (listing.mine) {
    say("");
    document.querySelector("h1").textContent = YOURS[kind];
    return own(data, listing);
  }
  writing(data, listing, id);
  dealing(id);
  const met = data.matches.filter((match) => match.other === id);
  return theirs(data, listing, fitting(met, kind).flat()[0]);
}

/** Draw the listing of this address. @param {HTMLElement} main */
export const mount = (main) =>
  live(main.querySelector("[data-region]") ?? main, view, false, ["exposure", "watch"]);
