import { html, nothing, render } from "lit-html";
import { _ } from "../words.js";
import { position, search } from "./places.js";

const PAUSE_MS = 250;

/** A place by name or postcode, chosen from a list, or the phone's own position, rounded. */
class PlacePicker extends HTMLElement {
  connectedCallback() {
    this.typed = /** @type {HTMLInputElement} */ (this.querySelector("[role=combobox]"));
    this.wire = /** @type {HTMLInputElement} */ (this.querySelector("[type=hidden]"));
    this.list = /** @type {HTMLElement} */ (this.querySelector("[role=listbox]"));
    this.say = this.querySelector("[data-say]");
    this.found = [];
    this.typed.addEventListener("input", () => this.look());
    this.typed.addEventListener("keydown", (event) => this.key(event));
    this.typed.addEventListener("blur", () => setTimeout(() => this.close(), PAUSE_MS));
    this.querySelector("[data-here]").addEventListener("click", () => this.here());
  }

  look() {
    this.wire.value = "";
    this.place = undefined;
    clearTimeout(this.timer);
    const query = this.typed.value.trim();
    if (query.length < 2) return this.close();
    this.timer = setTimeout(() => this.ask(query), PAUSE_MS);
  }

  async ask(query) {
    const { places, words } = await search(query);
    if (query !== this.typed.value.trim()) return;
    this.say.textContent = words ?? "";
    this.found = places;
    this.active = -1;
    this.draw();
  }

  draw() {
    const option = (place, index) => html`<li role="option" id="${this.list.id}-${index}"
      aria-selected=${index === this.active} @pointerdown=${(event) => event.preventDefault()}
      @click=${() => this.choose(place)}>${place.name}${
        place.region || place.country
          ? html`<small>${[place.region, place.country].filter(Boolean).join(", ")}</small>`
          : nothing
      }</li>`;
    render(this.found.map(option), this.list);
    this.list.hidden = !this.found.length;
    this.typed.setAttribute("aria-expanded", String(!this.list.hidden));
    if (this.active < 0) this.typed.removeAttribute("aria-activedescendant");
    else this.typed.setAttribute("aria-activedescendant", `${this.list.id}-${this.active}`);
  }

  close() {
    this.found = [];
    this.active = -1;
    this.draw();
  }

  key(event) {
    const count = this.found.length;
    if (!count) return;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (steps[event.key]) this.active = (this.active + steps[event.key] + count) % count;
    else if (event.key === "Enter") this.choose(this.found[Math.max(0, this.active)]);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    this.draw();
  }

  choose(place) {
    this.place = place;
    this.wire.value = place.id;
    this.typed.value = place.name;
    this.say.textContent = "";
    this.close();
    this.dispatchEvent(new Event("change", { bubbles: true }));
  }

  async here() {
    this.say.textContent = _("Finding this phone…");
    const { id, words } = await position();
    if (id) this.choose({ id, name: _("This phone's position") });
    this.say.textContent = words;
  }

  /** @returns {string} what keeps it from being sent, in words */
  problem() {
    return this.typed.value.trim() && !this.wire.value ? _("Choose a place from the list.") : "";
  }
}

customElements.define("place-picker", PlacePicker);
