import { html, render } from "../template.js";
import { _ } from "../words.js";
import { tellForm } from "./follow.js";

const PAUSE_MS = 250;
const POSITION_MS = 15_000;
const GRAIN_DEGREES = 0.02;

const coarse = (degrees) => (Math.round(degrees / GRAIN_DEGREES) * GRAIN_DEGREES).toFixed(2);

/** A place by name or postcode, chosen from a list, or the phone's own position, rounded. */
class PlacePicker extends HTMLElement {
  connectedCallback() {
    const [typed, wire] = this.querySelectorAll("input");
    const list = /** @type {HTMLElement} */ (this.querySelector("[role=listbox]"));
    let timer;

    const settle = () => {
      this.words = typed.value || typed.placeholder;
      typed.setCustomValidity(typed.value && !wire.value ? _("Choose a place from the list.") : "");
    };

    /** @param {{id: string, name: string, units?: string}} place */
    const choose = (place) => {
      wire.value = place.id;
      typed.value = place.name;
      this.units = place.units;
      settle();
      show([]);
      tellForm(this);
    };

    const option = (place) => html`<button type="button" role="option" tabindex="-1"
      @click=${() => {
        choose(place);
        typed.focus();
      }}>${place.name}<small>${[place.region, place.country].filter(Boolean).join(", ")}</small></button>`;

    /** The places found, and which of the sentences beside the field holds. */
    const show = (places, sentence = "") => {
      render(places.map(option), list);
      list.hidden = !places.length;
      typed.setAttribute("aria-expanded", String(!list.hidden));
      this.dataset.say = sentence;
    };

    const search = async (query) => {
      const response = await fetch(`/api/places?q=${encodeURIComponent(query)}`).catch(
        () => undefined,
      );
      // A portal that stands between answers in HTML, whatever its status.
      const said = await response?.json().catch(() => undefined);
      // Chosen meanwhile, a place whose name she had typed would open the list again.
      if (wire.value || query !== typed.value.trim()) return;
      const { places = [] } = said ?? {};
      show(places, !said ? "signal" : !response.ok ? "wait" : places[0] ? "" : "none");
    };

    typed.oninput = () => {
      wire.value = "";
      settle();
      clearTimeout(timer);
      const query = typed.value.trim();
      if (query.length < 2) show([]);
      else timer = setTimeout(search, PAUSE_MS, query);
    };

    this.onkeydown = (event) => {
      const stops = /** @type {HTMLElement[]} */ ([typed, ...list.children]);
      if (!stops[1]) return;
      const at = stops.indexOf(/** @type {HTMLElement} */ (document.activeElement));
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) stops.at((at + step) % stops.length).focus();
      else if (event.key === "Enter" && !at) stops[1].click();
      else if (event.key === "Escape") {
        show([]);
        typed.focus();
      } else return;
      event.preventDefault();
    };

    /** @type {HTMLElement} */ (this.querySelector("[data-here]")).onclick = () => {
      show([], "finding");
      navigator.geolocation.getCurrentPosition(
        ({ coords: { latitude, longitude } }) =>
          choose({
            id: `${coarse(latitude)},${coarse(longitude)}`,
            name: _("This phone's position"),
          }),
        () => show([], "lost"),
        { maximumAge: 600_000, timeout: POSITION_MS },
      );
    };

    this.closest("form").addEventListener("filled", settle);
  }
}

customElements.define("place-picker", PlacePicker);
