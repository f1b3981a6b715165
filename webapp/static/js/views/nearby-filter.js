/** What she looks for, against what cards say. Silence is never read as an answer. Pure. */

/** @typedef {(card: any) => boolean | undefined} Test undefined where the card doesn't say */

/**
 * Vegan milk is dairy-free and egg-free. A diet that began after pumping did doesn't count.
 * @param {any} card
 * @param {string} code
 */
function keeps({ kind, diet = {}, pumped }, code) {
  const since = diet[code] ?? (/^(dairy|egg)_/.test(code) ? diet.vegan : undefined);
  if (kind === "request") return since !== undefined;
  return since && (pumped ? since.slice(0, 7) <= pumped[0] : undefined);
}

/**
 * The filters that are on.
 * @param {Record<string, string[]>} choice what the form says
 * @returns {Test[]}
 */
export function filters({
  kind,
  diet = [],
  avoid = [],
  state = [],
  volume_ml = [],
  age_band = [],
}) {
  const [least] = volume_ml;
  const offers = kind[0] === "offer";
  return [
    ...diet.map((code) => (card) => keeps(card, code)),
    ...(offers ? avoid : []).map((code) => (card) => card[code] === "none" || undefined),
    offers && state[0] && ((card) => state.some((code) => card.state.includes(code))),
    least && ((card) => card.volume_ml >= +least),
    age_band[0] && (({ age_band: age }) => age && age_band.includes(age)),
  ].filter(Boolean);
}

/**
 * @param {any[]} list cards
 * @param {Test[]} tests
 * @returns {[fit: any[], possible: any[]]} those that say all that is asked; those that say nothing against it
 */
export function sift(list, tests) {
  const without = (cards, verdict) =>
    cards.filter((card) => !tests.some((test) => test(card) === verdict));
  const possible = without(list, false);
  return [without(possible, undefined), possible];
}
