/** What a person is told of the phone and its server. */
import { ago, spoken } from "../dates.js";
import { distance } from "../units.js";
import { _ } from "../words.js";

/** Where it is tried again; what she sees is as old as it is. */
const BROKEN = {
  unreachable: ["soft", _("Offline.")],
  failed: ["strip wait", _("Something went wrong on our side. We'll try again.")],
};

/** Where nothing is fetched any more: every page says so at its top (layouts/document.html). */
export const STOPPED = /^(suspended|other_device|erased|client_too_old)$/;

/** The phone's own tries are never farther apart. */
const LONGEST_MS = 300_000;

/**
 * When it is tried again, where only the server can have named the time.
 * @param {Pick<import("../phone/status.js").Status, "next_at">} status
 * @param {number} [now] epoch milliseconds
 * @returns {string | false} "3:20 AM"
 */
export const named = ({ next_at }, now = Date.now()) =>
  next_at - now > LONGEST_MS && spoken("DateTimeFormat", { timeStyle: "short" }).format(next_at);

/**
 * How fresh what she sees is, truly.
 * @param {import("../phone/status.js").Status & {filling?: {had: number, left: number}}} status
 * @param {{reach_km?: number, units?: any}} [person]
 * @param {number} [now] epoch milliseconds
 * @returns {[kind: string, text: string]} the paragraph's class, and its words
 */
export function syncWords(status, person, now) {
  const { state, synced_at, filling } = status;
  const when = synced_at && ago(synced_at, now);
  if (state === "signed_out") return ["strip wait", _("Sign in again to send what is saved here")];
  const from = when && _("What you see is from %(when)s.", { when });
  if (STOPPED.test(state)) return ["soft", from ?? _("Not updated yet")];
  if (filling && state === "syncing") {
    const { had, left } = filling;
    const text = _("Fetching what is yours and what is near you. %(had)s of %(all)s.", {
      had,
      all: had + left,
    });
    return ["soft", text];
  }
  const old = filling ? _("Not all is here yet. It goes on by itself.") : from;
  if (BROKEN[state]) {
    const [kind, said] = BROKEN[state];
    const time = named(status, now);
    const text = time ? _("Milkwell is busy. It is tried again at %(time)s.", { time }) : said;
    return [kind, old ? `${text} ${old}` : text];
  }
  if (filling) return ["soft", old];
  if (!when) return ["soft", _("Not updated yet")];
  if (!person?.reach_km) return ["soft", _("Updated %(when)s", { when })];
  const reach = distance(person.reach_km, person.units, true);
  return ["soft", _("Updated %(when)s, within %(reach)s", { when, reach })];
}
