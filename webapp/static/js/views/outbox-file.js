/** Unsent work as a file of her own, and back. */
import { loadUnsent, unsent } from "../phone/unsent.js";
import { _ } from "../words.js";
import { reveal } from "./reveal.js";
import { button, line } from "./states.js";

/** @param {Blob} blob @param {string} download the file's name */
export function saveFile(blob, download) {
  const href = URL.createObjectURL(blob);
  Object.assign(document.createElement("a"), { href, download }).click();
}

/** A way to keep everything unsent. */
export const saveAsFile = () =>
  button(
    _("Save as a file"),
    async () => saveFile(new Blob([JSON.stringify(await unsent())]), "milkwell-unsent.json"),
    "quiet",
  );

/** What is unsent can be saved before it is gone. @param {string} text @param {unknown[]} ways */
export const saveFirst = (text, ...ways) => [line("", text), line("row", ...ways, saveAsFile())];

/** Load a file back, and say what came of it: the shell has the words. @param {HTMLElement} panel */
export function loadFiles(panel) {
  panel.querySelector("input").onchange = async ({ target }) => {
    const input = /** @type {HTMLInputElement} */ (target);
    reveal(panel, "file", await loadUnsent(input.files[0]));
    input.value = "";
  };
}
