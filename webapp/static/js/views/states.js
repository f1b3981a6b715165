/** What every view that shows data shares: drawing from the store, and saying how it stands. */
import { html, nothing, render } from "lit-html";
import { status, watch } from "../phone/index.js";
import { _ } from "../words.js";
import { syncWords } from "./states-words.js";

const MINUTE_MS = 60_000;

/**
 * Draw a view into its region, again with every change of the store, and each minute for its
 * "5 min ago".
 * @param {HTMLElement} main
 * @param {() => Promise<any>} load reads the store
 * @param {(data: any, redraw: () => void) => unknown} view a template
 */
export function live(main, load, view) {
  const region = /** @type {HTMLElement} */ (main.querySelector("[data-region]") ?? main);
  let data;
  let loading = false;
  let stale = false;

  function draw() {
    if (!data) return;
    // The shell's own frame stands until there is something to show.
    if (!("_$litPart$" in region)) region.replaceChildren();
    render(view(data, draw), region);
  }

  async function reload() {
    stale = true;
    if (loading) return;
    loading = true;
    try {
      while (stale) {
        stale = false;
        data = await load();
      }
    } finally {
      loading = false;
    }
    draw();
  }

  watch((news) => (news.status || news.update ? draw() : reload()));
  setInterval(() => document.hidden || draw(), MINUTE_MS);
  return reload();
}

/** A button that does something. @param {string} text @param {() => unknown} act @param {string} [tone] */
export const button = (text, act, tone = "button") =>
  html`<button type="button" class=${tone} @click=${act}>${text}</button>`;

/** A link that looks like what it leads to is done. */
export const way = (address, text, tone = "button") =>
  html`<a class=${tone} href=${address}>${text}</a>`;

const signInAddress = () => `/sign-in?next=${encodeURIComponent(location.pathname)}`;

/** "Updated 5 min ago", or what keeps it from being so. @param {any} [person] whose reach it names */
export function syncLine(person) {
  const { text, tone, signIn } = syncWords(status(), person);
  return html`<p class=${tone ? `strip ${tone}` : "soft"}>
    ${signIn ? way(signInAddress(), text, "") : text}
  </p>`;
}

/** The two ways on from where there is nothing. @param {string} text what is so */
export const empty = (text) => html`<div class="stack empty">
  <p>${text}</p>
  <p class="row">${way("/offers/new", _("Offer milk"))} ${way("/requests/new", _("Ask for milk"))}</p>
</div>`;

/** To who isn't signed in: nothing of anybody, and the ways on. @param {any[]} waiting operations */
export const stranger = (waiting) => html`<div class="stack">
  ${
    waiting.length
      ? syncLine()
      : html`<p>${_("Sign in to see what is near you. You can write an offer or a request before.")}</p>`
  }
  ${way(signInAddress(), _("Sign in"), "button main")}
</div>`;

/** What still keeps her from matches. @param {any} [person] */
export const unwelcomed = (person) =>
  !person || person.welcomed
    ? nothing
    : html`<p class="strip wait">
        ${way("/welcome", _("Two questions are still open. Answer them to find matches."), "")}
      </p>`;
