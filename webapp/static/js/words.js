/** Words in the one language that this bundle was built for. */
import { language, messages } from "#catalogue";

/** @typedef {Record<string, string | number>} Values */

/**
 * Put values into a sentence: format("near %(place)s", { place: "Gresham" }).
 * A name without a value stays as it is, and "%%" is a percent sign.
 * @param {string} sentence
 * @param {Values} values
 * @returns {string}
 */
export function format(sentence, values) {
  return sentence.replace(/%%|%\((\w+)\)[sd]/g, (found, name) =>
    name ? (Object.hasOwn(values, name) ? /** @type {string} */ (values[name]) : found) : "%",
  );
}

/**
 * The two functions that turn marked messages into one language's words.
 * @param {string} tongue a BCP 47 language tag
 * @param {Record<string, string | Record<string, string>>} catalogue texts, and plurals by CLDR
 *   category
 */
export function translator(tongue, catalogue) {
  const rules = new Intl.PluralRules(tongue);

  /** @param {string} message @param {Values} [values] @returns {string} */
  function gettext(message, values) {
    const known = /** @type {any} */ (catalogue[message] ?? message);
    const text = known.one ?? known;
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
    const forms = /** @type {any} */ (catalogue[one] ?? { one, other: many });
    return format(forms[rules.select(n)] ?? forms.other ?? forms, { num: n, ...values });
  }

  return { gettext, ngettext };
}

const own = translator(language.replace("_", "-"), messages);

/** Mark and translate a sentence: _("near %(place)s", { place }). */
export const _ = own.gettext;

/** Mark and translate a sentence that counts: ngettext("%(num)s day", "%(num)s days", n). */
export const ngettext = own.ngettext;

/** The short name of ngettext. */
export const _n = own.ngettext;
