/** One sentence that says it all, in her own words' place: what is not said stays not said. */
import { day, locale } from "../dates.js";
import { unitsOf } from "../elements/measure-field.js";
import { span } from "../elements/periods.js";
import { amount, distance } from "../units.js";
import { _, ngettext } from "../words.js";
import { labels, question, wire } from "./composer-form.js";

const EXPOSURES = ["medicine", "alcohol", "caffeine", "nicotine", "cannabis", "illness"];

const listed = (items) => new Intl.ListFormat(locale, { type: "unit" }).format(items);
const lower = (text) => text[0].toLocaleLowerCase(locale) + text.slice(1);

const MILK = {
  frozen: (much) => _("I have %(much)s of frozen milk", { much }),
  refrigerated: (much) => _("I have %(much)s of milk from the fridge", { much }),
  fresh: (much) => _("I have %(much)s of fresh milk", { much }),
};

function offer(fields, much) {
  const milk = MILK[fields["batches-0-state"]]?.(much) ?? much;
  const [from, to] = ["from", "to"].map((end) => fields[`batches-0-pumped_${end}`]);
  if (!from) return _("%(milk)s. When it was pumped I'd have to look.", { milk });
  return _("%(milk)s, pumped %(when)s.", { milk, when: span(from, to) });
}

function request(fields, much) {
  if (fields.need === "emergency") return _("I need %(much)s of milk tonight.", { much });
  if (!fields.by_on) return _("I need %(much)s of milk.", { much });
  return _("I need %(much)s of milk by %(day)s.", { much, day: day(fields.by_on) });
}

/** @param {HTMLFormElement} form */
export function sentence(form) {
  const fields = wire(form);
  const much = amount(Number(fields.volume_ml), unitsOf(form));
  return (form.dataset.kind === "offer" ? offer : request)(fields, much);
}

/** @param {HTMLFormElement} form @param {any} [person] */
export function logistics(form, person) {
  const { reach_km, open_days } = wire(form);
  const typed = form.elements._place.value.trim();
  const values = {
    place: typed || person?.place?.name || _("home"),
    reach: distance(Number(reach_km), unitsOf(form), true),
    where: lower(listed(labels(form, "handover")) || _("anywhere")),
  };
  return ngettext(
    "Near %(place)s, I'd travel %(reach)s, %(where)s, %(num)s day.",
    "Near %(place)s, I'd travel %(reach)s, %(where)s, %(num)s days.",
    Number(open_days),
    values,
  );
}

const pair = (question, answer) => _("%(question)s: %(answer)s", { question, answer });
const answer = (form, name, said = labels(form, name)) =>
  said.length ? [pair(question(form, name), lower(listed(said)))] : [];

function diets(form, fields) {
  return (fields.diet ?? []).map((code, index) => {
    const name = labels(form, "diet")[index];
    const since = fields[`since-${code}`];
    return since ? _("%(diet)s since %(day)s", { diet: name, day: day(since) }) : name;
  });
}

function offered(form) {
  const fields = wire(form);
  const silent = EXPOSURES.filter((name) => !fields[name]).map((name) => lower(question(form, name)));
  return [
    ...diets(form, fields),
    ...EXPOSURES.flatMap((name) => answer(form, name)),
    ...(silent.length ? [_("Not said: %(list)s", { list: listed(silent) })] : []),
    ...answer(form, "age_band"),
  ];
}

function asked(form) {
  const { must: musts = [], need } = wire(form);
  return [
    ...(need === "emergency" ? [] : labels(form, "need")),
    ...musts.map((code, index) =>
      pair(labels(form, "must")[index], labels(form, `weeks-${code}`).join("")),
    ),
    ...["avoid", "milk_age_months", "age_band"].flatMap((name) => answer(form, name)),
  ];
}

/** What else she said, line by line. @param {HTMLFormElement} form @returns {string[]} */
export const facts = (form) => (form.dataset.kind === "offer" ? offered : asked)(form);

/** What a fold holds, in a few words. @param {HTMLFormElement} form @param {HTMLElement} part */
export function folded(form, part) {
  const names = part.dataset.said.split(" ");
  const said = names.flatMap((name) => {
    const chosen = listed(labels(form, name));
    const written = form.elements[name].type === "textarea" && form.elements[name].value.trim();
    if (written) return [_("Written")];
    if (name === "bereaved" && chosen) return [_("Said")];
    if (!chosen) return [];
    return [EXPOSURES.includes(name) ? `${question(form, name)}: ${lower(chosen)}` : chosen];
  });
  return listed(said) || part.dataset.none || _("Not said");
}
