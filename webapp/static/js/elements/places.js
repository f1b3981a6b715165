/** Finding places: by the server's index, or from the phone's own position. */
import { _ } from "../words.js";

const POSITION_MS = 15_000;
const GRAIN_DEGREES = 0.02;

const NO_POSITION = _("This phone doesn't tell its position now. Type a town instead.");
const NO_SIGNAL = _("Searching for a place needs signal. What you typed stays here.");

/**
 * @param {string} query the beginning of a name, or a postcode
 * @returns {Promise<{places: any[], words?: string}>} words where there is nothing to choose
 */
export async function search(query) {
  try {
    const response = await fetch(`/api/places?q=${encodeURIComponent(query)}`);
    const { places, message } = await response.json();
    if (!response.ok) return { places: [], words: message };
    return { places, words: places.length ? "" : _("No such place. Try the nearest town.") };
  } catch {
    return { places: [], words: NO_SIGNAL };
  }
}

const coarse = (degrees) =>
  (Math.round(degrees / GRAIN_DEGREES) * GRAIN_DEGREES).toFixed(2).replace(/^-0\.00$/, "0.00");

/**
 * The phone's position, rounded to 0.02 degrees before anything else sees it.
 * @returns {Promise<{id?: string, words: string}>}
 */
export function position() {
  const options = { maximumAge: 600_000, timeout: POSITION_MS };
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        resolve({
          id: `${coarse(coords.latitude)},${coarse(coords.longitude)}`,
          words: _("Rounded to a mile or two before it leaves this phone."),
        }),
      () => resolve({ words: NO_POSITION }),
      options,
    );
  });
}
