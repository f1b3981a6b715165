/** Where there is nothing to show: why, how far the nearest lies, and the ways on. */
import { nearestBeyond, status } from "../phone/index.js";
import { distance } from "../units.js";
import { _ } from "../words.js";
import { reveal } from "./reveal.js";

const bands = {};

/** Asked once a kind and page; what was answered stays for when there is no signal. */
function ask(kind, redraw) {
  if (kind in bands || status().state !== "idle") return;
  bands[kind] = undefined;
  nearestBeyond(kind).then(
    (band) => {
      bands[kind] = band;
      redraw();
    },
    () => delete bands[kind],
  );
}

/** Hand on the site's front address and nothing else. @param {any} event */
export async function share({ target }) {
  const url = location.origin;
  if (navigator.share) return navigator.share({ url }).catch(() => {});
  await navigator.clipboard.writeText(url);
  target.textContent = target.dataset.done;
}

/**
 * @param {HTMLElement} panel of the shell
 * @param {string} why what it has words for (data-for); where nothing is within reach, the kind
 *   and whether a listing of hers waits for it, so that we tell her
 * @param {string} kind
 * @param {import("../units.js").Units} units
 * @param {() => void} redraw
 */
export function nothingNear(panel, why, kind, units, redraw) {
  if (why.startsWith(kind)) ask(kind, redraw);
  const band = bands[kind];
  const far = (km) => distance(km, units, true);
  panel.querySelector("[data-far]").textContent = band
    ? _("The nearest is %(from)s to %(to)s away.", {
        from: far(band.from_km).replace(/\D+$/, ""),
        to: far(band.to_km),
      })
    : "";
  reveal(panel, "for", why);
  return panel;
}
