/**
 * Draw whenever the form is filled or something in it is said, as long as the field is there;
 * before whoever reads what it says, though it came into the form later.
 * @param {HTMLElement} field
 * @param {(event: Event) => void} draw
 */
export function follow(field, draw) {
  const form = field.closest("form");
  const there = (event) => field.isConnected && draw(event);
  for (const each of ["filled", "input"]) form.addEventListener(each, there, true);
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
