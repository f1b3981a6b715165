/** What every view that shows data shares: drawing from the store, and saying how it stands. */

import {
  alertsState,
  apart,
  drafts,
  me,
  outbox,
  rows,
  status,
  sync,
  watch,
} from "../phone/index.js";
import { html, render } from "../template.js";
import { _ } from "../words.js";
import { syncWords } from "./states-words.js";

const MINUTE_MS = 60_000;

let redraw;
let looking;

async function load(letters, nouns) {
  const data = /** @type {any} */ ({
    person: me(),
    listings: rows("listing"),
    matches: rows("match"),
    waiting: outbox(),
    begun: drafts.list(),
    alerts: alertsState(),
    conversations: rows("conversation"),
    messages: letters && rows("message"),
    sealed: apart(),
  });
  for (const noun of nouns) data[noun] = rows(noun);
  for (const name in data) data[name] = await data[name];
  data.mine = data.listings.filter((row) => row.mine);
  return data;
}

/**
 * Draw a view into its region, again with every change of the store, and each minute for its
 * "5 min ago". The shell's own frame stands until there is something to show.
 * @param {HTMLElement} region
 * @param {(data: any, redraw: () => void) => unknown} view a template
 * @param {boolean} [letters] whether it shows letters too
 * @param {string[]} [nouns] what else it shows rows of: each stands in the data under its noun
 * @returns {Promise<void>} when it is drawn
 */
export function live(region, view, letters, nouns = []) {
  let data;
  let latest;
  let drawn;
  const draw = () => data && render(view(data, draw), region);
  redraw = draw;

  async function reload() {
    const loading = load(letters, nouns);
    latest = loading;
    const loaded = await loading;
    // What changed meanwhile is being loaded too, and is drawn instead.
    if (latest !== loading) return drawn;
    if (!data) region.replaceChildren();
    data = loaded;
    draw();
  }

  const follow = () => {
    drawn = reload();
    return drawn;
  };
  watch(follow);
  setInterval(draw, MINUTE_MS);
  return follow();
}

/**
 * A part that few pages need: drawn by a script of its own, once that is here.
 * @param {() => Promise<{show: (place: Element, ...values: any[]) => void}>} load
 * @returns {(...values: any[]) => Element}
 */
export function later(load) {
  let place;
  return (...values) => {
    place ??= document.createElement("div");
    place.className = "later";
    load().then(({ show }) => show(place, ...values), console.error);
    return place;
  };
}

/**
 * A button that does something.
 * @param {string} text
 * @param {(event: any) => unknown} act
 * @param {string} [tone]
 * @param {string} [busy] "true" while it does
 */
export const button = (text, act, tone = "button", busy) =>
  html`<button type="button" class=${tone} aria-busy=${busy} @click=${act}>${text}</button>`;

/** A link that looks like what it leads to is done. */
export const way = (address, text, tone = "button") =>
  html`<a class=${tone} href=${address}>${text}</a>`;

/** A paragraph: "row", "soft", "empty". @param {string} kind @param {unknown[]} words */
export const line = (kind, ...words) => html`<p class=${kind}>${words}</p>`;

/** How something stands. @param {string} tone @param {unknown} words */
export const strip = (tone, words) => line(`strip ${tone}`, words);

/** @param {string} kind "panel", "stack", "strip" @param {string} title may be empty @param {unknown[]} parts */
export const section = (kind, title, ...parts) =>
  html`<section class=${kind}>${title && html`<h2>${title}</h2>`}${parts}</section>`;

/** A page's parts. @param {unknown[]} parts */
export const stack = (...parts) => section("stack wide", "", parts);

const signIn = (text, tone) =>
  way(`/sign-in?next=${encodeURIComponent(location.pathname)}`, text, tone);

/** She wants it looked at now: said at once, and until the engine says how it ended. */
export async function look() {
  looking = "true";
  redraw();
  await sync();
  looking = undefined;
  redraw();
}

/**
 * "Updated 5 min ago", or what keeps it from being so; a tap looks again. While a list is filled
 * for the first time, how far that has come.
 * @param {any} [person] whose reach it names
 */
export function syncLine(person) {
  const { filling, state } = status();
  const text = syncWords(status(), person);
  return line(
    /signed_out|failed/.test(state) ? "strip wait" : "soft",
    state === "signed_out"
      ? signIn(text, "")
      : button(looking && !filling ? _("Looking…") : text, look, "quiet fresh", looking),
    filling &&
      html`<progress aria-label=${text} max=${filling.had + filling.left} value=${filling.had}></progress>`,
  );
}

/** The two ways on from where there is nothing. @param {string} text what is so */
export const empty = (text) =>
  section(
    "stack empty",
    "",
    line("", text),
    line("row", way("/offers/new", _("Offer milk")), way("/requests/new", _("Ask for milk"))),
  );

/** To who isn't signed in: nothing of anybody, and the ways on. @param {any[]} waiting operations */
export const stranger = (waiting) =>
  section(
    "stack",
    "",
    waiting.length
      ? syncLine()
      : line("", _("Sign in to see what is near you. You can write an offer or a request before.")),
    signIn(_("Sign in"), "button main"),
  );

/** What still keeps her from matches. @param {any} [person] */
export const unwelcomed = (person) =>
  person &&
  !person.welcomed &&
  strip(
    "wait",
    way("/welcome", _("Two questions are still open. Answer them to find matches."), ""),
  );
