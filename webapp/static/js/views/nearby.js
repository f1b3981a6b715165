import { allowAlerts, further, status, take } from "../phone/index.js";
import { _, ngettext } from "../words.js";
import { card, cards } from "./card.js";
import { matched } from "./card-matches.js";
import { isLive } from "./card-strip.js";
import { fill, typed } from "./composer-form.js";
import { filters, sift } from "./nearby-filter.js";
import { nothingNear, share } from "./nearby-none.js";
import { fitting, others } from "./nearby-order.js";
import { enable, part } from "./reveal.js";
import { button, live, section, stack, stranger, strip, syncLine, unwelcomed } from "./states.js";

const PAGE = 50;

/** The newest that phones hold of what is near; what is older the server answers, page by page. */
const HELD = 1000;

let shown = PAGE;

/** What it answered to what she looks for, in the page's memory alone. */
let beyond = /** @type {any} */ ({ cards: [] });

// What the shell holds ready.
/** @type {any} */
let ask;
/** @type {any} */
let look;
/** @type {any} */
let none;

/** A yes to a question of the form. @param {string} name */
const yes = (name) => () => look.elements[name].click();

/** No filter any more; the order and the kind stay. */
function clear() {
  const { kind, newest, quiet } = typed(look);
  fill(look, { kind, newest, quiet });
  look.oninput();
}

/**
 * What the form says, and the filters that are on; how many, it says itself.
 * @returns {[Record<string, string[]>, import("./nearby-filter.js").Test[]]}
 */
function looking(open, units, redraw) {
  const { kind, many, none: noFilter } = look.elements;
  // Somebody who only gives looks for who asks; everybody else begins with offers.
  const gives = open[0] && open.every((row) => row.kind === "offer");
  kind.value ||= gives ? "request" : "offer";
  const choice = typed(look);
  const on = filters(choice);
  look.dataset.units = units;
  // How she looks is kept on this phone alone.
  look.oninput = () => {
    shown = PAGE;
    beyond = { cards: [] };
    localStorage.nearby = JSON.stringify(typed(look));
    redraw();
  };
  many.value = on.length ? _("%(num)s on", { num: on.length }) : "";
  noFilter.hidden = !on.length;
  return [choice, on];
}

/** Before the first answer there is nothing to be empty of. */
function why(kind, open) {
  const { state, synced_at, filling, nearLess } = status();
  // The strip above says why.
  if (nearLess || state === "suspended") return "";
  if (synced_at && !filling) return kind + open.some((row) => row.kind !== kind);
  return state === "unreachable" ? "away" : "first";
}

/** Ask for the next page of what isn't on this phone. */
async function fetchMore(newest, redraw) {
  const asked = beyond;
  if (asked.busy) return;
  const query = new URLSearchParams(/** @type {any} */ (new FormData(look)));
  query.set("order", newest ? "newest" : "nearest");
  query.set("after", asked.next ?? "");
  if (!status().nearLess) query.set("older", "y");
  asked.busy = "true";
  asked.failed = "";
  redraw();
  try {
    const { cards, next } = await further(`${query}`);
    asked.cards.push(...cards);
    asked.next = next;
    asked.done = !next;
  } catch (error) {
    asked.failed =
      error > 0
        ? _("Something went wrong on our side. Try again later.")
        : _("No connection. Try again where there is one.");
  }
  asked.busy = undefined;
  redraw();
}

function rest({ listings, matches, person }, open, redraw) {
  const { units } = person;
  const [choice, on] = looking(open, units, redraw);
  const [kind] = choice.kind;
  const [newest] = choice.newest;
  const all = others(listings, matches, person, kind, newest);
  const [fit, possible] = sift(all, on);
  const here = choice.unsaid ? possible : fit;
  const silent = possible.length - here.length;
  // A new one may have come by itself meanwhile, and what matched stands above.
  const had = new Set([...listings.map(({ id }) => id), ...matches.map(({ other }) => other)]);
  const list = [...here, ...beyond.cards.filter(({ id }) => !had.has(id))];
  const whole = !status().nearLess && listings.filter(({ mine }) => !mine).length < HELD;
  const more = () => {
    const fetching = !list[shown];
    shown = PAGE + (fetching ? list.length : shown);
    if (fetching) fetchMore(newest, redraw);
    else redraw();
  };
  const reason = all[0]
    ? "filtered"
    : fitting(matches, kind).flat()[0]
      ? "matched"
      : why(kind, open);
  return section(
    "stack",
    "",
    look,
    list[0]
      ? cards(list.slice(0, shown).map((row) => card(row, person)))
      : nothingNear(none, reason, kind, units, redraw),
    beyond.failed && strip("wait", beyond.failed),
    (list[shown] || !(whole || beyond.done)) &&
      button(beyond.busy ? _("Looking…") : _("Show more"), more, "button", beyond.busy),
    silent > 0 &&
      strip("row apart", [
        ngettext(
          "%(num)s more hasn't said. You can ask her.",
          "%(num)s more haven't said. You can ask them.",
          silent,
        ),
        button(_("Show them too"), yes("unsaid"), "quiet"),
      ]),
  );
}

function view(data, redraw) {
  const { person, mine, waiting, alerts } = data;
  const open = mine.filter(isLive);
  if (status().state === "signed_out") return stranger(waiting);
  if (!person) return nothingNear(none, why("offer", open), "offer", "ml", redraw);
  return stack(
    syncLine(person),
    unwelcomed(person),
    alerts === "off" && !look.elements.quiet.checked && open[0] && ask,
    matched(data, "offer"),
    matched(data, "watch"),
    matched(data, "request"),
    rest(data, open, redraw),
  );
}

/** Draw what is near, from this phone's own store. @param {HTMLElement} main */
export function mount(main) {
  const parts = part("parts");
  ({ ask, look, none } = parts.children);
  const acts = /** @type {any} */ ({ allowAlerts, quiet: yes("quiet"), clear, share });
  enable(parts, acts);
  fill(look, JSON.parse(localStorage.nearby ?? "{}"));
  // A card that isn't on this phone goes along to the page that it leads to.
  main.addEventListener("click", ({ target }) => {
    const { pathname } = /** @type {any} */ (target).closest(".card") ?? {};
    const found = beyond.cards.find(({ id }) => pathname?.endsWith(id));
    if (found) take(found);
  });
  return live(main, view, false, ["watch"]);
}
