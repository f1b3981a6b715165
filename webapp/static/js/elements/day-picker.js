import { daysAhead } from "./periods.js";

/** A day ahead: by chips of the next few, or any by the phone's own calendar. */
class DayPicker extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    this.chips = [...this.querySelectorAll("[data-days]")];
    this.addEventListener("click", ({ target }) => {
      const chip = /** @type {HTMLElement} */ (target).closest("[data-days]");
      if (!chip) return;
      const day = daysAhead(Number(chip.dataset.days));
      this.input.value = this.input.value === day ? "" : day;
      this.input.dispatchEvent(new Event("change", { bubbles: true }));
    });
    this.addEventListener("change", () => this.draw());
    this.closest("form").addEventListener("filled", () => this.draw());
    this.draw();
  }

  draw() {
    for (const chip of this.chips) {
      const chosen = daysAhead(Number(chip.dataset.days)) === this.input.value;
      chip.setAttribute("aria-pressed", String(chosen));
    }
  }
}

customElements.define("day-picker", DayPicker);
