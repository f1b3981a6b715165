/** A composer's form read and filled. Names with a leading _ stay on the phone. */

/** @typedef {Record<string, string | string[]>} Values */

const controls = (form) => [...form.elements].filter(({ name }) => name);
const isBox = ({ type }) => type === "radio" || type === "checkbox";

/** All she typed and chose, what is out of sight now included: for the draft. @returns {Values} */
export function typed(form) {
  const values = {};
  for (const each of controls(form)) {
    if (!isBox(each)) values[each.name] = each.value;
    else values[each.name] = [...(values[each.name] ?? []), ...(each.checked ? [each.value] : [])];
  }
  return values;
}

/** What goes on the wire: what is asked and answered, by the form's own names. @returns {Values} */
export function wire(form) {
  const fields = {};
  for (const each of controls(form)) {
    const value = each.value.trim();
    if (each.name[0] === "_" || each.disabled || !value || (isBox(each) && !each.checked)) continue;
    if ("many" in each.dataset) fields[each.name] = [...(fields[each.name] ?? []), value].sort();
    else fields[each.name] = value;
  }
  return fields;
}

/** @param {HTMLFormElement} form @param {Values} values */
export function fill(form, values) {
  for (const each of controls(form)) {
    const value = values[each.name];
    if (value === undefined) continue;
    if (isBox(each)) each.checked = [value].flat().includes(each.value);
    else each.value = value;
  }
  arrange(form);
  form.dispatchEvent(new Event("filled"));
}

const chosen = (form, name) =>
  controls(form)
    .filter((each) => each.name === name && each.checked)
    .map(({ value }) => value);

/** Show what an answer asks for (data-when="diet=vegan"); what is out of sight is not sent. */
export function arrange(form) {
  for (const part of form.querySelectorAll("[data-when]")) {
    const [, not, name, wanted] = /^(!?)([^=]+)=?(.*)$/.exec(part.dataset.when);
    const said = chosen(form, name).filter((value) => !wanted || wanted.split(" ").includes(value));
    const shown = Boolean(said.length) !== Boolean(not);
    part.hidden = !shown;
    for (const each of part.querySelectorAll("input, textarea")) each.disabled = !shown;
  }
}

/** An answer that was tapped can be taken back by a second tap: then it is not said. */
export function letTakeBack(form) {
  let before = typed(form);
  const remember = () => {
    before = typed(form);
  };
  form.addEventListener("change", remember);
  form.addEventListener("filled", remember);
  form.addEventListener("click", ({ target }) => {
    if (target.type !== "radio" || "preset" in target.dataset) return;
    if (!before[target.name]?.includes(target.value)) return;
    target.checked = false;
    target.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

/** The words of what was chosen under a name, as the page shows them. @returns {string[]} */
export const labels = (form, name) =>
  controls(form)
    .filter((each) => each.name === name && each.checked && !each.disabled)
    .map((each) => each.nextElementSibling.textContent);

/** The words of a question. */
export const question = (form, name) =>
  form.querySelector(`[data-field="${name}"] :is(legend, label)`).textContent;
