/** Where she is signed in, and how alerts fare there. Pure. */

/**
 * @typedef {{device: string, name: string, session: string, alerts: boolean, last_sent_at?: string,
 *   last_failure: string, failed_at?: string, made_at: string}} Device
 * @typedef {{id: string, name: string, seen_at: string, here: boolean}} Session
 * @typedef {{id: string, name: string, seen_at: string, here?: boolean, session?: Session,
 *   device?: Device}} Phone
 */

/** She took its alerts away herself: that is no trouble to tell of. */
const STOPPED = "removed";

const tells = ({ alerts, last_failure }) => alerts || (last_failure && last_failure !== STOPPED);

const byUse = (one, other) =>
  Number(other.here ?? false) - Number(one.here ?? false) ||
  other.seen_at.localeCompare(one.seen_at);

/**
 * One entry a browser: the session that is signed in there, with what is pushed to in it; and what
 * is, or was, pushed to though nobody knows in which session.
 * @param {Session[]} sessions
 * @param {Device[]} devices
 * @returns {Phone[]} this one first, then what was used last
 */
export function phones(sessions, devices) {
  const telling = devices.filter(tells);
  const signedIn = sessions.map((session) => {
    const own = telling.filter((each) => each.session === session.id);
    const device = own.find(({ alerts }) => alerts) ?? own[0];
    return { ...session, session, device };
  });
  const shown = signedIn.map(({ device }) => device);
  const known = sessions.map(({ id }) => id);
  const apart = telling
    // Of one session only what is pushed to now counts: a browser makes itself anew.
    .filter((each) => !shown.includes(each) && (each.alerts || !known.includes(each.session)))
    .map((device) => ({
      id: device.device,
      name: device.name,
      seen_at: device.last_sent_at ?? device.made_at,
      device,
    }));
  return [...signedIn, ...apart].sort(byUse);
}

/**
 * How alerts to a phone stand.
 * @param {Device} [device]
 * @returns {"off" | "lost" | "failing" | "new" | "on"}
 */
export function stands(device) {
  if (!device) return "off";
  if (!device.alerts) return "lost";
  if (device.last_failure) return "failing";
  return device.last_sent_at ? "on" : "new";
}

/**
 * Which words tell of a failure.
 * @param {string} [code] as the server keeps it
 * @returns {"" | "gone" | "later" | "again" | "refused"}
 */
export function why(code) {
  if (!code || code === STOPPED) return "";
  if (code === "gone") return "gone";
  if (/unreachable|timed? ?out|slow|reset|answered (429|5)/.test(code)) return "later";
  if (/key|not a push service|address/.test(code)) return "again";
  return "refused";
}

/**
 * Follow a test until it is out, given up, or she has waited long enough.
 * @param {() => Promise<{state: string, reason: string} | undefined>} ask none without signal
 * @param {() => Promise<unknown>} pause a second
 * @param {number} most so many looks
 * @returns {Promise<"sent" | "given_up" | "later" | "unreachable">}
 */
export async function follow(ask, pause, most = 20) {
  let said;
  for (let n = 0; n < most; n++) {
    said = await ask();
    if (said && said.state !== "due") return /** @type {any} */ (said.state);
    await pause();
  }
  return said ? "later" : "unreachable";
}
