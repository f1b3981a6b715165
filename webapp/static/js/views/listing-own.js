import { day } from "../dates.js";
import { html } from "../template.js";
import { amount, toMl } from "../units.js";
import { _, LABELS } from "../words.js";
import { figures, fitList, stands, written } from "./card.js";
import { matched } from "./card-matches.js";
import { isLive, isStuck } from "./card-strip.js";
import { act, stillRight, takingBack } from "./card-verbs.js";
import { cardOf, near } from "./card-words.js";
import { cardLines } from "./fit.js";
import { privately } from "./listing-fields.js";
import { part, phrase } from "./reveal.js";
import { button, line, section, stack, syncLine, way } from "./states.js";
import { asking } from "./states-question.js";

/** How much was given; more than is left is all of it. */
function gave(row, units) {
  const left = row.volume_ml;
  const dialog = part("gave");
  const form = dialog.firstElementChild;
  form.dataset.units = units;
  phrase(form, { amount: amount(left, units) });
  form.onsubmit = ({ submitter }) => {
    const ml = submitter.value && toMl(form.given.value, units);
    if (ml) act(row, "gave", { volume_ml: String(Math.min(ml, left)) });
    form.reset();
  };
  dialog.showModal();
}

function verbs(row, live, units) {
  const { id, kind, status, expires_at } = row;
  const doing = (verb) => button(LABELS[verb], () => act(row, verb));
  const renew = doing("renew");
  if (!live) return status === "expired" && renew;
  return html`<div class="verbs">${[
    kind === "offer"
      ? button(LABELS.gave, () => gave(row, units))
      : asking(
          LABELS.enough,
          _("Do you have enough?"),
          _("It closes, and we stop telling you of offers."),
          () => act(row, "enough"),
          "button",
        ),
    way(`/listings/${id}/edit`, _("Change")),
    doing(status === "paused" ? "resume" : "pause"),
    expires_at && renew,
    takingBack(row, LABELS.withdraw, "button stop"),
  ]}</div>`;
}

/** One's own listing: how it stands, what can be done with it, and all that she wrote. */
export function own(data, listing) {
  const { matches, person } = data;
  const { fields = {}, expires_at, cell } = listing;
  const hers = matches.filter((match) => match.mine === listing.id);
  const units = person?.units;
  const live = isLive(listing);
  const kept = privately(fields, units);
  return stack(
    section(
      "panel",
      "",
      figures(listing, person),
      isStuck(listing.work) ? way("/outbox", stands(listing), "") : stands(listing),
      live && expires_at && line("soft", _("Open until %(day)s", { day: day(expires_at) })),
    ),
    stillRight(listing),
    verbs(listing, live, units),
    section(
      "panel",
      _("Others see"),
      cell && line("", near(cell)),
      fitList(cardLines(cardOf(listing), true)),
    ),
    kept[0] && section("panel", _("Only you see this"), written(kept)),
    live && matched({ ...data, matches: hers }, listing.kind === "offer" ? "request" : "offer"),
    syncLine(),
  );
}
