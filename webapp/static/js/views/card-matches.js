import { html } from "../template.js";
import { _ } from "../words.js";
import { card, cards } from "./card.js";
import { fitting, hers } from "./nearby-order.js";
import { section } from "./states.js";

/** What a match with such a listing is called, and one where something isn't said. */
export const MATCHED = {
  offer: [_("Fits what you ask for"), _("Not said. You can ask her.")],
  watch: [_("Fits what you keep an eye on"), _("Not said. You can ask her.")],
  request: [_("Would like what you offer"), _("You haven't said all they ask.")],
};

/** Whether a match is with a watch of hers. */
export const isWatched = ({ watch = [] }, match) => watch.some(({ id }) => id === match?.mine);

const FIRST = 3;

/** The best few at once: what is near isn't to lie below a city's matches. */
export const few = (list) => [
  cards(list.slice(0, FIRST)),
  list[FIRST] &&
    html`<details class="fold"><summary><span>${_("%(num)s more", { num: list.length - FIRST })}</span></summary>${cards(list.slice(FIRST))}</details>`,
];

/**
 * Matches of one kind: what fits, then what might.
 * @param {{matches: any[], mine: any[], watch?: any[], person?: any}} data her matches, her own
 *   listings and watches
 * @param {"offer" | "request" | "watch"} kind of the others' listings, or offers by her watches
 */
export function matched(data, kind) {
  const [title, open] = MATCHED[kind];
  const watched = kind === "watch";
  const met = fitting(data.matches, watched ? "offer" : kind)
    .flat()
    .filter((match) => isWatched(data, match) === watched);
  const [whole, part, unknown] = ["whole", "part", "unknown"].map((fit) =>
    met
      .filter((match) => match.fit === fit)
      .map((match) => card(match.card, data.person, match, hers(data, match))),
  );
  const more = (words, list) => list[0] && html`<h3>${words}</h3>${few(list)}`;
  return (
    met[0] && section("stack", title, few(whole), more(_("In part"), part), more(open, unknown))
  );
}
