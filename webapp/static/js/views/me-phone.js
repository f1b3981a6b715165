/** What is true of this phone alone: day and night, and what is kept here. */
import { setTheme } from "../elements/theme.js";
import { say } from "../units.js";
import { reveal } from "./reveal.js";

/** It is so at once, and stays on this phone. @param {any} main */
export function chooseTheme(main) {
  const form = main.querySelector("#theme");
  form._theme.value = localStorage.theme ?? "";
  form.onchange = () => setTheme(form._theme.value);
}

/** How many there are of what is kept here. @param {HTMLElement} panel @param {any} data of the view */
export function count(panel, data) {
  for (const each of /** @type {NodeListOf<any>} */ (panel.querySelectorAll("[data-many]"))) {
    each.textContent = data[each.dataset.many].length;
  }
}

/**
 * How much it is, and whether the browser may clear it; where the browser tells neither, nothing.
 * @param {HTMLElement} panel
 * @param {string} [unkept] what it is called that it may
 */
export async function showStorage(panel, unkept = "may") {
  const { storage } = navigator;
  if (!storage?.estimate) return;
  const { usage } = await storage.estimate();
  panel.querySelector("[data-used]").textContent = say(usage / 1e6, "megabyte");
  reveal(panel, "kept", (await storage.persisted()) ? "kept" : unkept);
  panel.querySelector("button").onclick = () =>
    storage.persist().then(() => showStorage(panel, "refused"));
}
