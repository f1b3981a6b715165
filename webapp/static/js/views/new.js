import { ago } from "../dates.js";
import { drafts } from "../phone/index.js";

/** Offer or ask; what was begun and not shared stands first. @param {HTMLElement} main */
export async function mount(main) {
  for (const { key, saved_at } of await drafts.list()) {
    const link = /** @type {HTMLElement} */ (main.querySelector(`[data-draft="${key}"]`));
    if (!link) continue;
    link.hidden = false;
    link.querySelector("time").textContent = ago(saved_at);
  }
}
