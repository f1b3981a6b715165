/** The way to a first letter, and what goes along with it. */

import { conversationId } from "../phone/index.js";
import { html } from "../template.js";
import { _ } from "../words.js";
import { figures } from "./card.js";
import { alongside } from "./letters.js";
import { say } from "./listing-absent.js";
import { part } from "./reveal.js";
import { section } from "./states.js";

/**
 * On another's listing: write, go on writing, or what it needs first; the shell has the words.
 * @param {any} data of a view
 * @param {any} listing the other's
 * @param {string} id its id
 */
export function writing(data, listing, id) {
  const { person } = data;
  const { kind } = listing;
  const begun = data.conversations.find((each) => each.other === id && !each.gone);
  const ready = begun ? "on" : alongside(data.mine, listing)[0] ? kind : `no-${kind}`;
  say(person ? ready : "out");
  part("write").onclick = async () =>
    location.assign(`/messages/${begun?.id ?? (await conversationId(id, person.id))}?to=${id}`);
}

/** Her own that goes along: the first, or which she chooses. @param {any[]} choices */
export const goesAlong = (choices, person) =>
  section(
    "stack",
    choices[0].kind === "offer" ? _("Your offer goes along") : _("Your request goes along"),
    choices.map(
      (row) => html`<label class="card along">
        <input type="radio" name="mine" form="letter" value=${row.id} checked=${row === choices[0]} />
        ${figures(row, person)}
      </label>`,
    ),
  );
