/** What a person is told of the phone and its server. */
import { ago, spoken } from "../dates.js";
import { distance } from "../units.js";
import { _ } from "../words.js";

/** Where it is tried again; what she sees is as old as it is. */
const BROKEN = {
  unreachable: _("Offline."),
  failed: _("Something went wrong on our side. We'll try again."),
};

/** Where nothing is fetched any more: every page says so at its top (layouts/document.html). */
export const STOPPED = /^(suspended|other_device|erased|client_too_old)$/;

/** The phone's own tries are never farther apart. */
const LONGEST_MS = 300_000;

/**
 * When it is tried again, where only the server can have named the time.
 * @param {Pick<import("../phone/status.js").Status, "next_at">} status
 * @returns {string | false} "3:20 AM"
 */
export const named = ({ next_at }) =>
  next_at - Date.now() > LONGEST_MS &&
  spoken("DateTimeFormat", { timeStyle: "short" }).format(next_at);

/**
 * How fresh what she sees is, truly.
 * @param {import("../phone/status.js").Status & {filling?: {had: number, left: number}}} status
 * @param {{reach_km?: number, units?: any}} [person]
 * @returns {string}
 */
export function syncWords(status, person) {
  const { state, synced_at, filling } = status;
  const when = synced_at && ago(synced_at);
  if (state === "signed_out") return _("Sign in again to send what is saved here");
  const from = when && _("What you see is from %(when)s.", { when });
  if (STOPPED.test(state)) return from ?? _("Not updated yet");
  if (filling && state === "syncing") {
    const { had, left } = filling;
    return _("Fetching what is yours and what is near you. %(had)s of %(all)s.", {
      had,
      all: had + left,
    });
  }
  const old = filling ? _("Not all is here yet. It goes on by itself.") : from;
  if (BROKEN[state]) {
    const time = named(status);
    const text = time
      ? _("Milkwell is busy. It is tried again at %(time)s.", { time })
      : BROKEN[state];
    return old ? `${text} ${old}` : text;
  }
  if (filling) return old;
  if (!when) return _("Not updated yet");
  if (!person?.reach_km) return _("Updated %(when)s", { when });
  const reach = distance(person.reach_km, person.units, true);
  return _("Updated %(when)s, within %(reach)s", { when, reach });
}
