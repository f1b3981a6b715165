/** Putting the app on the home screen: <html data-install> says by "prompt" or by "hand". */
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
// Only Apple's phones know `standalone`: false in a browser's tab. Theirs has no prompt.
const { standalone, maxTouchPoints } = /** @type {any} */ (navigator);
if (standalone === false && maxTouchPoints) root.dataset.install = "hand";

export {};
