/**
 * Her preferences as the form's own names and strings; what is empty is left out.
 * @param {any} person
 * @returns {Record<string, string>}
 */
export function fieldsOf({
  name,
  place,
  reach_km,
  time_zone,
  units,
  writes_as,
  ask_me,
  alerts_detail,
}) {
  const said = {
    name,
    place: place?.id,
    reach_km: reach_km && String(reach_km),
    time_zone,
    units,
    writes_as,
    ask_me: ask_me && "y",
    alerts_detail: alerts_detail && "y",
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value));
}
