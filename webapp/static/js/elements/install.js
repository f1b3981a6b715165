/** Putting the app on the home screen: <html data-install> says by "prompt" or by "hand". */
import { mustInstall } from "../phone/index.js";

const { documentElement: root } = document;
/** @type {any} */
let asked;

/** Where nothing is kept, the panel of macros/install.html stays away. @param {any} [event] */
function offer(event) {
  event?.preventDefault();
  asked = event;
  root.dataset.install = event ? "prompt" : "";
}

addEventListener("beforeinstallprompt", offer);
addEventListener("appinstalled", () => offer());
addEventListener("click", ({ target }) => {
  if (!(/** @type {any} */ (target).closest("#install button"))) return;
  asked.prompt();
  offer();
});
// Theirs has no prompt.
if (mustInstall()) root.dataset.install = "hand";
