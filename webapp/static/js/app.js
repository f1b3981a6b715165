/** Boot: open the phone's store, hand the page to its view, keep the app itself up to date. */
import "./elements/install.js";
import * as phone from "./phone/index.js";
import { mount as compose } from "./views/composer-new.js";
import { mount as conversation } from "./views/conversation.js";
import { mount as edit } from "./views/edit.js";
import { markUnread } from "./views/letter-count.js";
import { mount as listing } from "./views/listing.js";
import { mount as me } from "./views/me.js";
import { erased } from "./views/me-erased.js";
import { mount as messages } from "./views/messages.js";
import { mount as mine } from "./views/mine.js";
import { mount as nearby } from "./views/nearby.js";
import { mount as chooser } from "./views/new.js";
import { mount as outbox } from "./views/outbox.js";
import { part, reveal } from "./views/reveal.js";
import { mount as welcome } from "./views/welcome.js";
import { otherLanguage } from "./words.js";

const VIEWS = {
  conversation,
  edit,
  listing,
  messages,
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
  const strip = part(name);
  strip.hidden = false;
  return strip;
}

// The page a phone keeps may not be in the language that she has just chosen.
const wished = otherLanguage();

function offerUpdate() {
  if (!phone.updateWaiting()) return;
  if (wished) phone.takeUpdate();
  else say("update").querySelector("button").onclick = phone.takeUpdate;
}

/** Say on every page what has stopped this phone, or holds it back. */
function tellEnd() {
  const { nearLess, state } = phone.status();
  part("less").hidden = !nearLess;
  if (state !== "syncing") reveal(part("notice"), "status", state);
  if (state === "erased") erased();
}

/** An installed app opens on what is near, not on what Milkwell is. */
async function passFront() {
  const installed = matchMedia("(display-mode: standalone)").matches;
  if (installed && (await phone.me())) location.replace("/nearby");
}

async function boot(page) {
  if (location.hash === "#erased") say("erased");
  if (page === "front") await passFront();
  if (!VIEWS[page]) return;
  try {
    await phone.ready();
  } catch (error) {
    say("unkept");
    throw error;
  }
  phone.watch(markUnread);
  markUnread();
  await VIEWS[page](part("main"));
}

phone.watch(offerUpdate);
phone.watch(tellEnd);
boot(document.body.dataset.page).catch(console.error);
phone.registerWorker().then(offerUpdate, console.error);
