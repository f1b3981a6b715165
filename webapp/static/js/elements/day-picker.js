import { quickChips } from "./follow.js";
import { dayAhead } from "./periods.js";

/** A day ahead: by chips of the next few, or any by the phone's own calendar. */
class DayPicker extends HTMLElement {
  connectedCallback() {
    for (const chip of this.querySelectorAll("button")) chip.value = dayAhead(+chip.dataset.days);
    quickChips(this);
  }
}

customElements.define("day-picker", DayPicker);
