import { html } from "../template.js";
import { _ } from "../words.js";
import { card, cards } from "./card.js";
import { fitting } from "./nearby-order.js";
import { section } from "./states.js";

/** What a match with such a listing is called, and one where something isn't said. */
export const MATCHED = {
  offer: [_("Fits what you ask for"), _("Not said. You can ask her.")],
  request: [_("Would like what you offer"), _("You haven't said all they ask.")],
};

const FIRST = 3;

/** The best few at once: what is near isn't to lie below a city's matches. */
const few = (list) => [
  cards(list.slice(0, FIRST)),
  list[FIRST] &&
    html`<details class="fold"><summary><span>${_("%(num)s more", { num: list.length - FIRST })}</span></summary>${cards(list.slice(FIRST))}</details>`,
];

/**
 * Matches of one kind: what fits, then what might.
 * @param {{matches: any[], mine: any[], person?: any}} data her matches, her own listings
 * @param {"offer" | "request"} kind of the others' listings
 */
export function matched(data, kind) {
  const [title, open] = MATCHED[kind];
  const [whole, unknown] = fitting(data.matches, kind).map((list) =>
    list.map((match) =>
      card(
        match.card,
        data.person,
        match,
        data.mine.find((row) => row.id === match.mine),
      ),
    ),
  );
  return (
    (whole[0] || unknown[0]) &&
    section("stack", title, few(whole), unknown[0] && html`<h3>${open}</h3>${few(unknown)}`)
  );
}
