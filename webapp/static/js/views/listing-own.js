import { html, nothing } from "lit-html";
import { day } from "../dates.js";
import { perform } from "../phone/index.js";
import { amount, toMl } from "../units.js";
import { _ } from "../words.js";
import { card, cards, figures, fitList, strip } from "./card.js";
import { isLive } from "./card-strip.js";
import { cardOf } from "./card-words.js";
import { cardLines } from "./fit.js";
import { privately } from "./listing-fields.js";
import { fitting } from "./nearby-order.js";
import { button, syncLine, way } from "./states.js";
import { ask } from "./states-question.js";

const act = (verb, { id }, fields) => perform({ kind: `listing.${verb}`, row: id, fields });

async function withdraw(row) {
  const text = _("It is gone for good. To rest it for a while, pause it.");
  if (await ask(_("Withdraw it?"), text, _("Withdraw"))) act("withdraw", row);
}

async function enough(row) {
  const text = _("It closes, and we stop telling you of offers.");
  if (await ask(_("Do you have enough?"), text, _("I have enough"))) act("enough", row);
}

/** How much was given; more than is left is all of it. */
async function gave(row, units) {
  const body = html`<label class="field">
    ${_("%(amount)s are left. A guess is fine.", { amount: amount(row.volume_ml, units) })}
    <span class="measure">
      <input type="text" name="given" inputmode="decimal" autocomplete="off" required pattern=".*[1-9].*" />
      ${units === "oz" ? _("oz") : _("ml")}
    </span>
  </label>`;
  const form = await ask(_("How much did you give?"), body, _("Save"), "button");
  const ml = form && toMl(String(form.get("given")), units);
  if (ml) act("gave", row, { volume_ml: String(Math.min(ml, row.volume_ml)) });
}

function verbs(row, units) {
  const { kind, status, expires_at } = row;
  const renew = button(_("Renew"), () => act("renew", row));
  if (!isLive(row)) return status === "expired" ? renew : nothing;
  return html`<div class="verbs">
    ${
      kind === "offer"
        ? button(_("I gave some"), () => gave(row, units))
        : button(_("I have enough"), () => enough(row))
    }
    ${way(`/listings/${row.id}/edit`, _("Change"))}
    ${
      status === "paused"
        ? button(_("Show it again"), () => act("resume", row))
        : button(_("Pause"), () => act("pause", row))
    }
    ${expires_at ? renew : nothing} ${button(_("Withdraw"), () => withdraw(row), "button stop")}
  </div>`;
}

/** One's own listing: how it stands, what can be done with it, and all that she wrote. */
export function own({ listing, matches, person }) {
  const { fields = {}, expires_at, kind, cell, work } = listing;
  const units = person?.units;
  const hers = matches.filter(({ mine }) => mine === listing.id);
  const { whole, unknown } = fitting(hers, kind === "offer" ? "request" : "offer");
  const suited = isLive(listing) ? [...whole, ...unknown] : [];
  const kept = privately(fields, units);
  return html`<article class="stack wide">
    <section class="panel">
      ${figures(listing, person)}
      ${work?.state === "attention" ? way("/outbox", strip(listing), "") : strip(listing)}
      ${
        isLive(listing) && expires_at
          ? html`<p class="soft">${_("Open until %(day)s", { day: day(expires_at) })}</p>`
          : nothing
      }
    </section>
    ${verbs(listing, units)}
    ${
      suited.length
        ? html`<section class="stack">
            <h2>${kind === "offer" ? _("Would like what you offer") : _("Fits what you ask for")}</h2>
            ${cards(suited.map((match) => card(match.card, person, match, listing)))}
          </section>`
        : nothing
    }
    <section class="panel">
      <h2>${_("Others see")}</h2>
      ${cell?.near ? html`<p>${_("near %(place)s", { place: cell.near })}</p>` : nothing}
      ${fitList(cardLines(cardOf(listing), true))}
    </section>
    ${
      kept.length
        ? html`<section class="panel">
            <h2>${_("Only you see this")}</h2>
            <dl class="written">${kept.map(([name, text]) => html`<dt>${name}</dt><dd>${text}</dd>`)}</dl>
          </section>`
        : nothing
    }
    ${syncLine()}
  </article>`;
}
