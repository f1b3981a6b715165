import { spoken } from "../dates.js";
import { amount, distance, number } from "../units.js";
import { _ } from "../words.js";
import { follow, quickChips } from "./follow.js";

const BAG_ML = { oz: 177, ml: 180 };

/** An amount or a distance in her units, typed or tapped; the wire's number is hidden in it. */
class MeasureField extends HTMLElement {
  connectedCallback() {
    const form = this.closest("form");
    const typed = this.querySelector("input");
    const wire = /** @type {HTMLInputElement} */ (this.querySelector("[type=hidden]"));
    const bags = this.querySelector("[data-bags]");
    const { least, most, per: perOunce } = this.dataset;
    const far = wire.name === "reach_km";
    const { format: plain } = spoken("NumberFormat", {
      maximumFractionDigits: far ? 0 : 1,
      useGrouping: false,
    });
    let units;
    const preset = () => this.dataset[units] ?? "";

    function problem(per) {
      const { value } = wire;
      if (!typed.value || (value && +value >= +least && +value <= +most)) return "";
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
      // What stood on the wire stays while it is said the same: rounding is no change.
      const value = Math.round(number(typed.value) * per);
      if (typed.value !== same) wire.value = value >= 0 ? String(value) : "";
      typed.setCustomValidity(problem(per));
      this.words = wire.value && (far ? distance : amount)(+wire.value, units, true);
      if (!bags) return;
      const count = Math.round(+wire.value / BAG_ML[units]);
      const bag = amount(BAG_ML[units], units);
      bags.textContent = count > 1 ? _("In bags of %(bag)s: about %(count)s.", { bag, count }) : "";
    });
    quickChips(this);
  }
}

customElements.define("measure-field", MeasureField);
