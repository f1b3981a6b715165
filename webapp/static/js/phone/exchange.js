export const TIMEOUT_MS = 20_000;
export const LONGEST_WAIT_MS = 3_600_000;

/** Answers' errors that stop a phone; each is what its status is called from then on. */
const STOPS = /^(signed_out|suspended|other_device|erased|client_too_old)$/;

/**
 * Send JSON to the server of this page. A redirect is an error: it is a captive portal's.
 * @param {string} address
 * @param {object} [body] none where something is asked for
 * @param {string} [method]
 */
export function send(address, body, method = body ? "POST" : "GET") {
  return fetch(address, {
    method,
    body: JSON.stringify(body),
    headers: { Accept: "application/json", "Content-Type": "application/json" },
    redirect: "error",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
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
    const { status, ok, headers } = response;
    if (status === 413) return { state: "failed", tooLarge: true };
    const said = await response.json().catch(() => undefined);
    if (ok && said?.server_time) return { state: "idle", answer: said };
    // A portal or proxy that stands between us answers in HTML, whatever its status; and 429
    // and above say to come later.
    const ours = !ok && status < 429 && said?.error;
    const told = /** @type {any} */ (headers.get("Retry-After"));
    const wait = told * 1000 || Date.parse(told) - Date.now(); // seconds, or an HTTP date
    return {
      state: ours ? (STOPS.test(ours) ? ours : "failed") : "unreachable",
      wait: wait > 0 ? Math.min(wait, LONGEST_WAIT_MS) : undefined,
    };
  } catch {
    return { state: "unreachable" };
  }
}
