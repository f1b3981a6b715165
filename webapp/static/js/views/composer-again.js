/** A new listing that begins as an old one of hers ended. Pure. */

/** What was true of that milk, at that time; a baby's age has moved on as well. */
const PAST = /^batches-(?!0-(state|container|storage)$)|_on$|_detail$|^(age_band|in_hand_days)$/;

/**
 * Her own former answers, as what a composer starts from.
 * @param {any} row her own listing
 * @returns {Record<string, string | string[]>}
 */
export function anew(row) {
  const { fields = {} } = row;
  const kept = Object.entries(fields).filter(([name]) => !PAST.test(name));
  return {
    handover: [],
    ...Object.fromEntries(kept),
    volume_ml: String(row.volume_ml || row.total_ml || ""),
    _place: fields.place && (row.cell?.near ?? fields.place),
  };
}
