/** Boot: open the phone's store, hand the page to its view, keep the app itself up to date. */
import { html, render } from "lit-html";
import * as phone from "./phone/index.js";
import { mount as edit } from "./views/edit.js";
import { mount as listing } from "./views/listing.js";
import { mount as me } from "./views/me.js";
import { mount as mine } from "./views/mine.js";
import { mount as nearby } from "./views/nearby.js";
import { mount as chooser } from "./views/new.js";
import { mount as offer } from "./views/offer.js";
import { mount as outbox } from "./views/outbox.js";
import { mount as request } from "./views/request.js";
import { mount as welcome } from "./views/welcome.js";
import { _ } from "./words.js";

const VIEWS = { edit, listing, me, mine, nearby, new: chooser, offer, outbox, request, welcome };

const notice = document.getElementById("notice");

function offerUpdate() {
  if (!phone.updateWaiting()) return;
  const reload = html`<button class="quiet" type="button" @click=${phone.takeUpdate}>${_("Reload")}</button>`;
  render(html`<p class="strip"><span>${_("New version")}</span>${reload}</p>`, notice);
}

function say(words) {
  render(html`<p class="strip stop">${words}</p>`, notice);
}

/** An installed app opens on what is near, not on what Milkwell is. */
async function passFront() {
  const installed = matchMedia("(display-mode: standalone)").matches;
  if (installed && (await phone.me())) location.replace("/nearby");
}

async function boot(page) {
  if (page === "front") await passFront();
  if (!VIEWS[page]) return;
  try {
    await phone.ready();
  } catch (error) {
    say(_("This browser keeps nothing here, as in a private window. Milkwell needs it to."));
    throw error;
  }
  await VIEWS[page](document.getElementById("main"));
}

phone.watch(offerUpdate);
boot(document.body.dataset.page).catch(console.error);
phone.registerWorker().then(offerUpdate, console.error);
