import { amount, distance, kmFrom, number, toMl, volumeIn } from "../units.js";
import { locale } from "../dates.js";
import { _, ngettext } from "../words.js";

/** @typedef {import("../units.js").Units} Units */

const KM_PER_MILE = 1.609344;
const BAG = { oz: toMl("6", "oz"), ml: 180 };

const KINDS = {
  volume: { read: toMl, say: amount, inHers: volumeIn },
  distance: {
    read: kmFrom,
    say: distance,
    inHers: (km, units) => Math.round(units === "oz" ? km / KM_PER_MILE : km),
  },
};
const NAMES = { volume: { oz: _("oz"), ml: _("ml") }, distance: { oz: _("miles"), ml: _("km") } };

const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });

/** The units of a form: what she chose in it, else what it was opened with. @returns {Units} */
export function unitsOf(form) {
  const { _units, units } = form.elements;
  return _units?.value || units?.value || form.dataset.units || "ml";
}

/** An amount or a distance, typed or tapped in her units; the wire's number is hidden in it. */
class MeasureField extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.kind = KINDS[this.getAttribute("kind")];
    this.typed = /** @type {HTMLInputElement} */ (this.querySelector(".measure > input"));
    this.wire = /** @type {HTMLInputElement} */ (this.querySelector("[type=hidden]"));
    this.hint = this.querySelector(".hint");
    this.said = this.hint.textContent;
    this.quick = [...this.querySelectorAll("[data-quick]")];
    this.addEventListener("input", () => this.draw());
    this.addEventListener("click", ({ target }) => this.tap(/** @type {HTMLElement} */ (target)));
    this.form.addEventListener("change", () => this.units !== this.drawn && this.turn());
    this.form.addEventListener("filled", () => this.filled());
    this.filled();
  }

  get units() {
    return unitsOf(this.form);
  }

  /** What was preset in the one unit or the other, or nothing. */
  preset(units) {
    const [oz, ml] = this.getAttribute("preset").split(" ");
    return (units === "oz" ? oz : ml) ?? "";
  }

  filled() {
    const { typed, wire, units } = this;
    if (units !== this.drawn) this.turn();
    if (!typed.value && wire.value) typed.value = plain.format(this.kind.inHers(Number(wire.value), units));
    if (!typed.value) typed.value = this.preset(units);
    this.draw();
  }

  /** Units changed: a preset follows, what she typed stays as she typed it. */
  turn() {
    const preset = this.drawn && this.preset(this.drawn);
    if (preset && this.typed.value === preset) this.typed.value = this.preset(this.units);
    this.draw();
  }

  tap(target) {
    const chip = target.closest("[data-quick]");
    if (!chip) return;
    this.typed.value = chip.textContent;
    this.typed.dispatchEvent(new Event("input", { bubbles: true }));
  }

  draw() {
    const { units, typed } = this;
    this.drawn = units;
    const value = this.kind.read(typed.value, units);
    // What stood on the wire stays while it is said the same: rounding is no change.
    const same = this.wire.value && plain.format(this.kind.inHers(Number(this.wire.value), units));
    if (same !== typed.value) this.wire.value = String(value ?? "");
    for (const [index, number] of this.getAttribute(units).split(" ").entries()) {
      this.quick[index].textContent = plain.format(Number(number));
    }
    for (const chip of this.quick) {
      const pressed = this.kind.read(chip.textContent, units) === value;
      chip.setAttribute("aria-pressed", String(pressed));
    }
    const unit = this.querySelector("[data-unit]");
    if (unit) unit.textContent = NAMES[this.getAttribute("kind")][units];
    this.hint.textContent = `${this.bags(value)} ${this.said}`.trim();
  }

  /** What an amount looks like in a freezer. */
  bags(ml) {
    const { units } = this;
    const count = this.querySelector(".large") ? Math.round(ml / BAG[units]) : 0;
    if (!(count > 1)) return "";
    const values = { bag: amount(BAG[units], units), count: plain.format(count) };
    return ngettext("About %(count)s bag of %(bag)s.", "About %(count)s bags of %(bag)s.", count, values);
  }

  /** @returns {string} what keeps it from being sent, in words */
  problem() {
    const [least, most] = ["least", "most"].map((name) => Number(this.getAttribute(name)));
    if (!this.typed.value.trim()) return "";
    const value = Number(this.wire.value);
    const known = number(this.typed.value) !== undefined;
    if (known && this.wire.value && value >= least && value <= most) return "";
    const [from, to] = [least, most].map((each) => this.kind.say(each, this.units));
    return _("Write a number from %(from)s to %(to)s.", { from, to });
  }
}

customElements.define("measure-field", MeasureField);
