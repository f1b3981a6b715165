/**
 * Draw now and whenever the form is filled or something in it is said.
 * @param {HTMLElement} field
 * @param {(event: Event) => void} draw
 */
export function follow(field, draw) {
  for (const each of ["filled", "input"]) field.closest("form").addEventListener(each, draw);
}

/** Say that something was said. @param {EventTarget} field */
export const tellForm = (field) => field.dispatchEvent(new Event("input", { bubbles: true }));

/** Chips with the likeliest answers; a second tap takes one back. @param {HTMLElement} field */
export function quickChips(field) {
  const typed = field.querySelector("input");
  const chips = [...field.querySelectorAll("button")];
  for (const chip of chips) {
    chip.onclick = () => {
      typed.value = typed.value === chip.value ? "" : chip.value;
      tellForm(typed);
    };
  }
  follow(field, () => {
    for (const chip of chips) {
      chip.setAttribute("aria-pressed", String(chip.value === typed.value));
    }
  });
}
