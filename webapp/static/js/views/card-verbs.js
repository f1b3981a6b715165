/** What can be done with one's own from more than one page. */

import { day } from "../dates.js";
import { perform } from "../phone/index.js";
import { _, LABELS } from "../words.js";
import { isDoubtful } from "./card-strip.js";
import { button, line, section } from "./states.js";
import { ask } from "./states-question.js";

/** @param {any} row @param {string} verb @param {Record<string, string>} [fields] */
export const act = (row, verb, fields) => perform({ kind: `listing.${verb}`, row: row.id, fields });

/** A button that takes it back, after asking. @param {any} row @param {string} text @param {string} [tone] */
export const takingBack = (row, text, tone) =>
  button(
    text,
    () =>
      ask(
        _("Withdraw it?"),
        _("It is gone for good. To rest it for a while, pause it."),
        LABELS.withdraw,
        () => act(row, "withdraw"),
      ),
    tone,
  );

/** The one question that a listing asks, shortly before its time is over. @param {any} row */
export function stillRight(row) {
  return (
    isDoubtful(row) &&
    section(
      "strip wait",
      "",
      line("", _("Is this still right? It is open until %(day)s.", { day: day(row.expires_at) })),
      line(
        "row",
        button(_("Still right"), () => act(row, "renew")),
        takingBack(row, _("No, take it back"), "quiet"),
      ),
    )
  );
}
