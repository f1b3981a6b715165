import { html, render } from "../template.js";
import { _ } from "../words.js";
import { follow, tellForm } from "./follow.js";
import { periods, span, wrongDays } from "./periods.js";

const words = {
  early: _("That is too long ago."),
  late: _("That day is still to come."),
  order: _("That is before the first day."),
};

/** When milk was pumped: the first and the last month, week or day. */
class PumpedPicker extends HTMLElement {
  connectedCallback() {
    const { elements } = this.closest("form");
    const [from, to] = this.querySelectorAll("input[hidden]");
    const list = this.querySelector("[data-periods]");

    /** One tap is that month; a second one makes it a span; a third begins again. */
    const choose = (period) => {
      let { from: first, to: last } = period;
      if (list.querySelectorAll("[aria-pressed=true]").length === 1) {
        if (first === from.value) first = last = "";
        else {
          [first] = [first, from.value].sort();
          [, last] = [last, to.value].sort();
        }
      }
      from.value = first;
      to.value = last;
      tellForm(this);
    };

    follow(this, () => {
      // A batch's number changes when one before it is taken out.
      const at = from.name.replace("pumped_from", "");
      const kept = elements[`${at}state`].value;
      const way = kept === "frozen" ? elements[`_${at}by`].value : kept;
      list.dataset.periods = way;
      this.words = from.value && span(way, from.value, to.value);
      const [first, last] = wrongDays(from.value, to.value);
      from.setCustomValidity(words[first] ?? "");
      to.setCustomValidity(words[last] ?? "");
      const chip = (each) => html`<button type="button" class="chip"
        aria-pressed=${each.from <= to.value && each.to >= from.value}
        @click=${() => choose(each)}>${each.label}</button>`;
      render(periods(way).map(chip), list);
    });
  }
}

customElements.define("pumped-picker", PumpedPicker);
