/** Steps of a form: one in sight, Back and Next at the bottom, never onward by themselves. */
import { _ } from "../words.js";
import { bringTo, check, tell } from "./composer-checks.js";

/**
 * @param {HTMLFormElement} form
 * @param {{start?: number, last: string, onStep?: (step: number) => void,
 *   onDone: () => Promise<void>}} options `last`: the last step's button
 */
export function steps(form, { start = 0, last, onStep, onDone }) {
  const parts = /** @type {HTMLElement[]} */ ([...form.querySelectorAll("[data-step]")]);
  const next = /** @type {HTMLElement} */ (document.querySelector("[data-next]"));
  const end = parts.length - 1;
  let now;
  let busy = false;

  function show(step, focus = true) {
    now = Math.min(Math.max(0, step), end);
    for (const [index, part] of parts.entries()) part.hidden = index !== now;
    next.textContent = now === end ? last : _("Next");
    const count = { step: now + 1, steps: parts.length };
    document.querySelector("[data-progress]").textContent = _("%(step)s of %(steps)s", count);
    onStep?.(now);
    if (!focus) return;
    scrollTo(0, 0);
    parts[now].querySelector("h2").focus({ preventScroll: true });
  }

  function go(step) {
    history.pushState({ step }, "");
    show(step);
  }

  /** Say what is wrong, at its own step. */
  function refuse(errors) {
    const place = tell(form, errors);
    if (!place) return;
    const step = parts.findIndex((part) => part.contains(place));
    if (step !== now) go(step);
    bringTo(place);
  }

  async function finish() {
    const errors = check(form);
    if (Object.keys(errors).length) return refuse(errors);
    busy = true;
    next.setAttribute("aria-disabled", "true");
    try {
      await onDone();
    } finally {
      busy = false;
      next.removeAttribute("aria-disabled");
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (busy) return;
    const errors = check(parts[now]);
    if (Object.keys(errors).length) refuse(errors);
    else if (now === end) finish();
    else go(now + 1);
  });
  document.querySelector("[data-back]").addEventListener("click", (event) => {
    if (now === 0) return;
    event.preventDefault();
    history.replaceState({ step: now - 1 }, "");
    show(now - 1);
  });
  addEventListener("popstate", ({ state }) => state?.step !== undefined && show(state.step));

  history.replaceState({ step: start }, "");
  show(start, false);
  return { refuse };
}
