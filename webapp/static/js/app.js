/** Boot: open the phone's store, hand the page to its view, keep the app itself up to date. */
import "./elements/install.js";
import * as phone from "./phone/index.js";
import { mount as conversation } from "./views/conversation.js";
import { markUnread } from "./views/letter-count.js";
import { mount as listing } from "./views/listing.js";
import { mount as messages } from "./views/messages.js";
import { mount as mine } from "./views/mine.js";
import { mount as nearby } from "./views/nearby.js";
import { mount as chooser } from "./views/new.js";
import { part, reveal } from "./views/reveal.js";
import { otherLanguage } from "./words.js";

const VIEWS = {
  conversation,
  listing,
  messages,
  mine,
  nearby,
  new: chooser,
};

// What only its own page loads. A file that is called as its page and has a mount(), and a line
// here, are all: its shell asks for it along with this script, and every phone keeps it.
const LATER = {
  around: () => import("./views/around.js"),
  calendar: () => import("./views/calendar.js"),
  compare: () => import("./views/compare.js"),
  devices: () => import("./views/devices.js"),
  edit: () => import("./views/edit.js"),
  freezer: () => import("./views/freezer.js"),
  labels: () => import("./views/labels.js"),
  me: () => import("./views/me.js"),
  offer: () => import("./views/offer.js"),
  outbox: () => import("./views/outbox.js"),
  request: () => import("./views/request.js"),
  screening: () => import("./views/screening.js"),
  sheet: () => import("./views/sheet.js"),
  watches: () => import("./views/watches.js"),
  welcome: () => import("./views/welcome.js"),
};

/** Show one of the sentences that every page holds ready. @param {string} name */
function say(name) {
  const strip = part(name);
  strip.hidden = false;
  return strip;
}

/** Something of LATER isn't kept here, and can't be had: better no page than a dead one. */
function missing(error) {
  part("main").hidden = true;
  say("missing");
  throw error;
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
  if (state === "erased") import("./views/me-erased.js").then((view) => view.erased(), missing);
}

/** An installed app opens on what is near, not on what Milkwell is. */
async function passFront() {
  const installed = matchMedia("(display-mode: standalone)").matches;
  if (installed && (await phone.me())) location.replace("/nearby");
}

async function boot(page) {
  if (location.hash === "#erased") say("erased");
  if (page === "front") await passFront();
  const later = LATER[page]?.().catch(missing);
  if (!VIEWS[page] && !later) return;
  try {
    await phone.ready();
  } catch (error) {
    say("unkept");
    throw error;
  }
  phone.watch(markUnread);
  markUnread();
  const mount = VIEWS[page] ?? (await later).mount;
  await mount(part("main"));
}

phone.watch(offerUpdate);
phone.watch(tellEnd);
boot(document.body.dataset.page).catch(console.error);
phone.registerWorker().then(offerUpdate, console.error);
