/** Steps of a form: one in sight, Back and Next at the bottom, never onward by themselves. */
import { check, tell } from "./composer-checks.js";

/** @typedef {(errors: import("./composer-checks.js").Errors) => boolean} Refuse */

/**
 * @param {HTMLFormElement} form
 * @param {number} now where she was
 * @param {(step: number) => void} onStep
 * @param {(refuse: Refuse) => Promise<unknown>} onDone
 * @param {number} [last] the step from which Next leads to the end
 * @returns {Refuse} says what is wrong, at its own step
 */
export function steps(form, now, onStep, onDone, last) {
  const parts = /** @type {HTMLElement[]} */ ([...form.querySelectorAll(".step")]);
  const next = /** @type {HTMLButtonElement} */ (document.querySelector("[data-next]"));
  const end = parts.length - 1;

  function show(step) {
    now = step;
    for (const [index, part] of parts.entries()) part.hidden = index !== now;
    next.textContent = next.dataset[now < end ? "next" : "last"];
  }

  function go(step, remember = "replaceState") {
    history[remember]({ step }, "");
    show(step);
    onStep(step);
    scrollTo(0, 0);
    parts[step].querySelector("h2").focus({ preventScroll: true });
  }

  function refuse(errors) {
    const place = tell(form, errors);
    if (!place) return false;
    const step = parts.findIndex((part) => part.contains(place));
    if (step !== now) go(step, "pushState");
    const field = place.closest(".field") ?? place;
    /** @type {HTMLElement} */ (
      field.querySelector("input:not([hidden]), textarea, button")
    )?.focus();
    field.scrollIntoView({ block: "center" });
    return true;
  }

  form.onsubmit = async (event) => {
    event.preventDefault();
    if (refuse(check(now < end ? parts[now] : form))) return;
    if (now < end) return go(now === last ? end : now + 1, "pushState");
    next.disabled = true;
    await onDone(refuse).finally(() => {
      next.disabled = false;
    });
  };
  /** @type {HTMLElement} */ (document.querySelector("[data-back]")).onclick = (event) => {
    if (!now) return;
    event.preventDefault();
    go(now - 1);
  };
  window.onpopstate = ({ state }) => state && go(state.step);

  history.replaceState({ step: now }, "");
  show(now);
  next.disabled = false;
  return refuse;
}
