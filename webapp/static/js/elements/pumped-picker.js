import { html, render } from "lit-html";
import { _ } from "../words.js";
import { hasWays, periodsFor, span } from "./periods.js";

/** When milk was pumped: the first and the last month, week or day. */
class PumpedPicker extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.from = this.querySelector("[name$=pumped_from]");
    this.to = this.querySelector("[name$=pumped_to]");
    this.periods = this.querySelector("[data-periods]");
    this.form.addEventListener("change", () => this.draw());
    this.form.addEventListener("filled", () => this.draw());
    this.draw();
  }

  get state() {
    return this.form.elements["batches-0-state"].value;
  }

  draw() {
    const [from, to] = [this.from.value, this.to.value];
    const within = (each) => Boolean(from) && each.from <= to && each.to >= from;
    const ways = hasWays(this.state);
    this.querySelector("[data-ways]").hidden = !ways;
    const way = ways ? this.form.elements._by.value : "week";
    this.periods.dataset.periods = way;
    const offered = periodsFor(this.state, way);
    render(
      offered.map(
        (each) =>
          html`<button type="button" class="chip" aria-pressed=${within(each)} @click=${() => this.choose(each)}>${each.label}</button>`,
      ),
      this.periods,
    );
    this.querySelector("[data-chosen]").textContent = from
      ? _("Pumped %(when)s", { when: span(from, to) })
      : "";
  }

  /** One tap is that month; a second one makes it a span; a third begins again. */
  choose({ from, to }) {
    const [first, last] = [this.from.value, this.to.value];
    const one = this.periods.querySelectorAll("[aria-pressed=true]").length === 1;
    if (one && first === from && last === to) this.set("", "");
    else if (one) this.set(from < first ? from : first, to > last ? to : last);
    else this.set(from, to);
  }

  set(from, to) {
    this.from.value = from;
    this.to.value = to;
    this.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

customElements.define("pumped-picker", PumpedPicker);
