/** Offer or ask; what was begun and not shared stands first. */
import { html, render } from "lit-html";
import { ago } from "../dates.js";
import { drafts } from "../phone/index.js";
import { _ } from "../words.js";

const BEGUN = {
  offer: ["/offers/new", _("An offer you began")],
  request: ["/requests/new", _("A request you began")],
};

const begun = ({ key, saved_at }) => {
  const [address, words] = BEGUN[key];
  return html`<a class="choice" href=${address}><span>${words}, ${ago(saved_at)}</span><b>${_("Go on")}</b></a>`;
};

/** @param {HTMLElement} main */
export async function mount(main) {
  const known = (await drafts.list()).filter(({ key }) => BEGUN[key]);
  render(known.map(begun), main.querySelector("[data-drafts]"));
}
