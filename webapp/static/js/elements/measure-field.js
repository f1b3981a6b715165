import { spoken } from "../dates.js";
import { number } from "../numbers.js";
import { amount, distance } from "../units.js";
import { _, ngettext } from "../words.js";
import { follow, quickChips } from "./follow.js";

const BAG_ML = { oz: 177, ml: 180 };

/** How what is measured is said: an amount unless the field says of what it is. */
const SAID = {
  amount,
  reach: (km, units) => distance(km, units, true),
  days: (days) => ngettext("%(num)s day", "%(num)s days", days),
  things: (count) => spoken("NumberFormat", {}).format(count),
};

/** An amount or another number in her units, typed or tapped; the wire's is hidden in it. */
class MeasureField extends HTMLElement {
  connectedCallback() {
    const form = this.closest("form");
    const typed = this.querySelector("input");
    const wire = /** @type {HTMLInputElement} */ (this.querySelector("[type=hidden]"));
    const [bags, read] = ["bags", "read"].map((each) => this.querySelector(`[data-${each}]`));
    const { least, most, per: perOunce } = this.dataset;
    const of = wire.name === "reach_km" ? "reach" : (this.dataset.of ?? "amount");
    const { format: plain } = spoken("NumberFormat", {
      maximumFractionDigits: of === "amount" ? 1 : 0,
      useGrouping: false,
    });
    let units;
    const preset = () => this.dataset[units] ?? "";

    function problem(said, per) {
      const { value } = wire;
      if (!typed.value || (value && +value >= +least && +value <= +most)) return "";
      if (Number.isNaN(said)) {
        const values = { one: plain(1000), other: plain(of === "amount" ? 12.5 : 12) };
        return _("Write it as a plain number, such as %(one)s or %(other)s.", values);
      }
      const [from, to] = [Math.ceil(+least / per), Math.floor(+most / per)].map(plain);
      return _("Write a number from %(from)s to %(to)s.", { from, to });
    }

    follow(this, (event) => {
      const filled = event.type === "filled";
      // Before the form is filled nobody knows in what units a preset would be.
      if (!filled && !units) return;
      const before = filled ? "" : preset();
      units = (form.elements._units ?? form.elements.units).value || form.dataset.units || "ml";
      form.dataset.units = units;
      const per = units === "oz" ? +perOunce : 1;
      const same = wire.value && plain(+wire.value / per);
      if (filled) typed.value ||= same;
      if (typed.value === before) typed.value = preset();
      const said = number(typed.value);
      // Parts that are rounded down never hold more than a whole that is rounded.
      const value = Math[/^batches/.test(wire.name) ? "floor" : "round"](said * per);
      // What stood on the wire stays while it is said the same: rounding is no change.
      if (typed.value !== same) wire.value = value >= 0 ? String(value) : "";
      typed.setCustomValidity(problem(said, per));
      this.words = wire.value && SAID[of](+wire.value, units);
      if (read) {
        const marked = /[.,٫٬'’]/.test(typed.value) && said >= 0;
        read.textContent = marked ? _("Read as %(number)s.", { number: SAID.things(said) }) : "";
      }
      if (!bags) return;
      const count = Math.round(+wire.value / BAG_ML[units]);
      const bag = amount(BAG_ML[units], units);
      bags.textContent = count > 1 ? _("In bags of %(bag)s: about %(count)s.", { bag, count }) : "";
    });
    quickChips(this);
  }
}

customElements.define("measure-field", MeasureField);
