/** Boot: open the phone's store, hand the page to its view, keep the app itself up to date. */
import * as phone from "./phone/index.js";
import { mount as compose } from "./views/composer-new.js";
import { mount as edit } from "./views/edit.js";
import { mount as listing } from "./views/listing.js";
import { mount as me } from "./views/me.js";
import { mount as mine } from "./views/mine.js";
import { mount as nearby } from "./views/nearby.js";
import { mount as chooser } from "./views/new.js";
import { mount as outbox } from "./views/outbox.js";
import { mount as welcome } from "./views/welcome.js";

const VIEWS = {
  edit,
  listing,
  me,
  mine,
  nearby,
  new: chooser,
  offer: compose,
  outbox,
  request: compose,
  welcome,
};

/** Show one of the sentences that every page holds ready. @param {string} name */
function say(name) {
  const strip = document.getElementById(name);
  strip.hidden = false;
  return strip;
}

function offerUpdate() {
  if (phone.updateWaiting()) say("update").querySelector("button").onclick = phone.takeUpdate;
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
    say("unkept");
    throw error;
  }
  await VIEWS[page](document.getElementById("main"));
}

phone.watch(offerUpdate);
boot(document.body.dataset.page).catch(console.error);
phone.registerWorker().then(offerUpdate, console.error);
