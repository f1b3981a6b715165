/** From a form to a listing: who shares, the operation, and how it stands from then on. */
import { html, nothing, render } from "lit-html";
import * as phone from "../phone/index.js";
import { _ } from "../words.js";
import { card } from "./card.js";
import { trouble } from "./composer-checks.js";
import { button, way } from "./states.js";

// The worker matches within seconds; the number told then comes with a pull.
const LOOKS_MS = [2_000, 4_000, 8_000, 16_000];

/**
 * Whoever may share; else she is shown the way there, and the draft waits.
 * @param {HTMLFormElement} form
 * @returns {Promise<any>} her row, or undefined
 */
export async function whoShares(form) {
  let person = await phone.me();
  if (!person) {
    await phone.sync();
    person = await phone.me();
  }
  await phone.drafts.flush();
  const next = encodeURIComponent(location.pathname);
  if (!person && phone.status().state === "unreachable") {
    trouble(form, _("To share this you sign up once, and that needs signal. It waits on this phone."));
  } else if (!person) location.assign(`/sign-up?next=${next}`);
  else if (!person.welcomed) location.assign(`/welcome?next=${next}`);
  else return person;
  return undefined;
}

const still = ({ id }) => html`<div class="strip wait">
  <p>${_("You wrote this a while ago. Is it still right?")}</p>
  <p class="row">
    ${button(_("Yes, share it"), () => phone.replace(id))}
    ${button(_("No, let it go"), () => phone.discard(id).then(() => location.assign("/mine")), "button stop")}
  </p>
</div>`;

function view(row, person) {
  const waits = row.work && row.work.state !== "sent";
  return html`<div class="stack wide">
    <h2 tabindex="-1" role="status">${waits ? _("Saved") : _("Shared")}</h2>
    ${row.work?.outcome === "confirm" ? still(row.work.operation) : nothing} ${card(row, person)}
    ${waits ? html`<p>${_("It is sent by itself as soon as there is signal.")}</p>` : nothing}
    <p class="row">${way("/nearby", _("Nearby"))} ${way("/me#alerts", _("Let this phone tell you"))}</p>
  </div>`;
}

/** Ask again for what the worker found, while she looks. */
function lookAgain(times = [...LOOKS_MS]) {
  const wait = times.shift();
  if (!wait) return;
  setTimeout(() => {
    if (!document.hidden) phone.sync();
    lookAgain(times);
  }, wait);
}

/**
 * Show how a listing stands, kept true, until the server refuses it.
 * @param {HTMLElement} main
 * @param {string} id
 * @param {(work: any) => void} onRefused
 */
export function follow(main, id, onRefused) {
  const region = document.createElement("section");
  main.append(region);
  let looking = false;

  async function draw() {
    const row = await phone.row("listing", id);
    if (!row || !region.isConnected) return;
    if (row.work?.outcome === "rejected") {
      stop();
      region.remove();
      onRefused(row.work);
      return;
    }
    render(view(row, await phone.me()), region);
    if ((!row.work || row.work.state === "sent") && !looking) {
      looking = true;
      lookAgain();
    }
  }
  const stop = phone.watch(draw);
  return draw().then(() => region.querySelector("h2")?.focus());
}
