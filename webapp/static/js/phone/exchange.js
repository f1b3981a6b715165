const TIMEOUT_MS = 20_000;
const LONGEST_WAIT_MS = 3_600_000;

const STATES = {
  401: "signed_out",
  403: "suspended",
  409: "other_device",
  410: "erased",
  426: "client_too_old",
};

/**
 * Send JSON to the server of this page. A redirect is an error: it is a captive portal's.
 * @param {string} address
 * @param {object} [body]
 * @param {string} [method]
 */
export function send(address, body, method = "POST") {
  return fetch(address, {
    method,
    body: body && JSON.stringify(body),
    headers: { Accept: "application/json", "Content-Type": "application/json" },
    cache: "no-store",
    redirect: "error",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
}

/** @returns {number | undefined} milliseconds, of seconds or of an HTTP date */
function toldToWait(response) {
  const told = response.headers.get("Retry-After");
  if (!told) return undefined;
  const wait = /^\d+$/.test(told) ? told * 1000 : Date.parse(told) - Date.now();
  return wait > 0 ? Math.min(wait, LONGEST_WAIT_MS) : undefined;
}

function understood({ status, ok }, said) {
  if (ok && typeof said?.server_time === "string") return { state: "idle", answer: said };
  // A portal or proxy that stands between us answers in HTML, whatever its status.
  if (ok || status >= 500 || status === 429 || !said?.error) return { state: "unreachable" };
  return { state: STATES[status] ?? "failed" };
}

/**
 * One round trip of POST /api/sync.
 * @param {object} body
 * @returns {Promise<{state: string, answer?: any, tooLarge?: boolean, wait?: number}>} `answer`
 *   only with "idle"; `wait` in ms when the server named a time; never rejects
 */
export async function exchange(body) {
  try {
    const response = await send("/api/sync", body);
    if (response.status === 413) return { state: "failed", tooLarge: true };
    const said = await response.json().catch(() => undefined);
    return { ...understood(response, said), wait: toldToWait(response) };
  } catch {
    return { state: "unreachable" };
  }
}
