/** What keeps a form from being sent, in the browser's own words or the server's, at its fields. */

/** @typedef {Record<string, string[]>} Errors by the wire's names */

/** @param {Element} part @returns {Errors} */
export function check(part) {
  const wrong = /** @type {NodeListOf<HTMLInputElement>} */ (
    part.querySelectorAll(":invalid:not(fieldset)")
  );
  return Object.fromEntries(
    [...wrong].map((field) => [field.name.replace(/^_/, ""), [field.validationMessage]]),
  );
}

/** Take the words away from one field, or from all. @param {Element} part */
export function clear(part) {
  for (const each of part.querySelectorAll(".error")) each.textContent = "";
  for (const each of part.querySelectorAll("[aria-invalid]")) each.removeAttribute("aria-invalid");
}

/** Say something about the whole form. @param {HTMLFormElement} form @param {string} words */
export function trouble(form, words) {
  form.querySelector("[data-trouble]").textContent = words;
}

/**
 * Say what is wrong at each field; what has no field is said at the end of the form.
 * @param {HTMLFormElement} form
 * @param {Errors} errors
 * @returns {HTMLElement | null} the first place that something is said at
 */
export function tell(form, errors) {
  clear(form);
  let homeless = "";
  for (const [name, words] of Object.entries(errors)) {
    const place = form.querySelector(`[id="${name}-error"]`);
    if (place) place.textContent = words.join(" ");
    else homeless += words.join(" ");
    for (let each = place?.closest("details"); each; each = each.parentElement.closest("details"))
      each.open = true;
    // Of chips their group is described: what is wrong is said of each.
    const described = `[aria-describedby~="${name}-error"]`;
    for (const each of form.querySelectorAll(`${described}:not(fieldset), ${described} input`)) {
      each.setAttribute("aria-invalid", "true");
    }
  }
  trouble(form, homeless);
  return form.querySelector(":is(.error, [data-trouble]):not(:empty)");
}
