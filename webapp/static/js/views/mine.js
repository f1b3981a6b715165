import { status } from "../phone/index.js";
import { _, ngettext } from "../words.js";
import { card, cards } from "./card.js";
import { isStuck } from "./card-strip.js";
import { stillRight } from "./card-verbs.js";
import { YOURS } from "./card-words.js";
import { unanswered } from "./letters.js";
import { empty, line, live, section, stack, stranger, strip, syncLine, way } from "./states.js";

const GROUPS = [_("Needs attention"), _("Open"), _("Paused"), _("Over")];

/** Each listing stands once. */
const group = (row) => (isStuck(row.work) ? 0 : ["open", "paused"].indexOf(row.status) + 1 || 3);

const AGAIN = { offer: _("Offer again"), request: _("Ask again") };

/** Under a listing of hers: whom it met, what it asks, and how to begin anew from it. */
function below(row, { matches, conversations }) {
  const { id, kind } = row;
  if (group(row) === 3) return way(`/${kind}s/new?again=${id}`, AGAIN[kind]);
  const met = matches.filter((each) => each.mine === id).length;
  const letters = unanswered(conversations, id).length;
  const link = (address, many, text) => many > 0 && way(address, text, "quiet");
  return [
    line(
      "row",
      link(`/listings/${id}`, met, ngettext("%(num)s match", "%(num)s matches", met)),
      link(
        "/messages",
        letters,
        ngettext("%(num)s letter to answer", "%(num)s letters to answer", letters),
      ),
    ),
    stillRight(row),
  ];
}

/** The way to what waits on this phone. @param {any[]} waiting operations */
export const outboxLink = (waiting) =>
  waiting[0] &&
  strip(
    waiting.some(isStuck) ? "stop" : "wait",
    way(
      "/outbox",
      ngettext(
        "%(num)s thing waits on this phone",
        "%(num)s things wait on this phone",
        waiting.length,
      ),
      "",
    ),
  );

function view(data) {
  const { person, mine, waiting, begun } = data;
  const { filling, state, synced_at } = status();
  if (!person && !mine.length && state === "signed_out") return stranger(waiting);
  const newest = mine.sort((one, other) => other.id.localeCompare(one.id));
  return stack(
    syncLine(),
    outboxLink(waiting),
    begun
      .filter((each) => YOURS[each.key])
      .map((each) => strip("", way(`/${each.key}s/new`, _("Go on with what you began"), ""))),
    GROUPS.map((title, index) => {
      const list = newest.filter((row) => group(row) === index);
      return (
        list[0] &&
        section("stack", title, cards(list.map((row) => [card(row, person), below(row, data)])))
      );
    }),
    // Before all of it has come there is nothing to be empty of.
    !mine[0] && !filling && synced_at && empty(_("You have nothing here yet.")),
  );
}

/** Draw her own listings by how they stand. @param {HTMLElement} main */
export const mount = (main) => live(main, view);
