import { after, day } from "../dates.js";
import { dayAhead } from "../elements/periods.js";
import { html } from "../template.js";
import { _, EXPOSURES, LABELS } from "../words.js";
import { figures, fitList, stands, written } from "./card.js";
import { cardLines } from "./card-lines.js";
import { matched } from "./card-matches.js";
import { isLive, isStuck } from "./card-strip.js";
import { act, stillRight, takingBack } from "./card-verbs.js";
import { cardOf, near } from "./card-words.js";
import { privately } from "./listing-fields.js";
import { marksOf } from "./milk-marks.js";
import { button, later, line, section, stack, syncLine, way } from "./states.js";
import { asking } from "./states-question.js";

const marks = later(() => import("./milk-marked.js"));

/** Her own as others see it: what her calendar knows of any of the milk they read as "ask her". */
function shown(listing, exposures = []) {
  const entries = exposures.map((row) => row.fields);
  const marks = marksOf(listing.fields ?? {}, entries, dayAhead(0));
  const met = new Set(marks.flatMap((mark) => mark.entries.map(({ what }) => what)));
  const asked = EXPOSURES.filter((code) => met.has(code) && listing.fields[code]);
  return { ...cardOf(listing), ...Object.fromEntries(asked.map((code) => [code, "ask"])) };
}

/**
 * The day a need runs out: by when it was asked for, or when what is in hand is used up.
 * @param {any} row her own
 */
function runsOut({ kind, fields = {}, fresh_on, published_at }) {
  const { by_on, in_hand_days } = fields;
  const from = fresh_on ?? published_at?.slice(0, 10);
  const days = [by_on, in_hand_days && from && after(from, +in_hand_days)].filter(Boolean).sort();
  return kind === "request" && days[0] && _("You run out on %(day)s", { day: day(days[0]) });
}

function verbs(row, live, units) {
  const { id, kind, status, expires_at } = row;
  const doing = (verb) => button(LABELS[verb], () => act(row, verb));
  const renew = doing("renew");
  if (!live) return status === "expired" && renew;
  return html`<div class="verbs">${[
    kind === "offer"
      ? button(LABELS.gave, async () => (await import("./listing-gave.js")).gave(row, units))
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
  const { kind, fields = {}, expires_at, cell } = listing;
  const hers = matches.filter((match) => match.mine === listing.id);
  const units = person?.units;
  const live = isLive(listing);
  const kept = privately(fields, units);
  return stack(
    section(
      "panel",
      "",
      figures(listing, person),
      line("", runsOut(listing)),
      isStuck(listing.work) ? way("/outbox", stands(listing), "") : stands(listing),
      live && expires_at && line("soft", _("Open until %(day)s", { day: day(expires_at) })),
    ),
    stillRight(listing),
    verbs(listing, live, units),
    section(
      "panel",
      _("Others see"),
      cell && line("", near(cell)),
      fitList(cardLines(shown(listing, data.exposure), true)),
    ),
    kind === "offer" && marks(listing, data.exposure),
    kept[0] && section("panel", _("Only you see this"), written(kept)),
    live && matched({ ...data, matches: hers }, listing.kind === "offer" ? "request" : "offer"),
    syncLine(),
  );
}
