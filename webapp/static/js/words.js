/**
 * Words in the language of the page, which carries them. The build puts a number in the place of
 * each marked message: where it is said stands in the page's list.
 */
const page = globalThis.document;

/** The page's language, a BCP 47 tag. */
export const tongue = page?.documentElement.lang || "en";

/** Whether another language than the page's was chosen, as the server's cookie says. */
export const otherLanguage = () =>
  (/language=([\w-]+)/.exec(page.cookie)?.[1] ?? tongue) !== tongue;

/** @typedef {Record<string, string | number>} Values */

/**
 * Put values into a sentence: format("near %(place)s", { place: "Gresham" }).
 * A name without a value stays as it is, and "%%" is a percent sign.
 * @param {string} sentence
 * @param {Values} values
 * @returns {string}
 */
export function format(sentence, values) {
  return `${sentence}`.replace(/%%|%\((\w+)\)[sd]/g, (found, name) =>
    name ? /** @type {string} */ (values[name] ?? found) : "%",
  );
}

/**
 * The two functions that turn marked messages into one language's words; one that it doesn't have
 * is said as it is.
 * @param {string} language a BCP 47 tag
 * @param {Record<string, string | Record<string, string>>} words texts, and plurals by CLDR
 *   category, by message or by its number
 */
export function translator(language, words) {
  const rules = new Intl.PluralRules(language);

  /** @param {string} message @param {Values} [values] @returns {string} */
  function gettext(message, values) {
    const text = /** @type {string} */ (words[message] ?? message);
    return values ? format(text, values) : text;
  }

  /**
   * @param {string} one
   * @param {string} many
   * @param {number} n stands for %(num)s in either
   * @param {Values} [values]
   * @returns {string}
   */
  function ngettext(one, many, n, values) {
    const forms = /** @type {any} */ (words[one] ?? { one, other: many });
    return format(forms[rules.select(n)] ?? forms.other, { num: n, ...values });
  }

  return { gettext, ngettext };
}

// Pages without a view, such as the front page, have no words to carry.
const carried = JSON.parse(page?.getElementById("words")?.textContent ?? "{}");

export const {
  /** What codes and form fields are called, as the server's forms call them. */
  labels: LABELS = /** @type {Record<string, string>} */ ({}),
  /** The codes of what milk may hold beside food, in the form's order. */
  exposures: EXPOSURES = /** @type {string[]} */ ([]),
} = carried;

export const {
  /** Mark and translate a sentence: _("near %(place)s", { place }). */
  gettext: _,
  /** Mark and translate a sentence that counts: ngettext("%(num)s day", "%(num)s days", n). */
  ngettext,
} = translator(tongue, carried.messages ?? {});
