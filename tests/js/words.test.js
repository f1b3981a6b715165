import assert from "node:assert/strict";
import { test } from "node:test";
import { _, format, ngettext, translator } from "../../webapp/static/js/words.js";

const spanish = translator("es", {
  Sent: "Enviado",
  "near %(place)s": "cerca de %(place)s",
  "%(num)s family": {
    one: "%(num)s familia",
    many: "%(num)s de familias",
    other: "%(num)s familias",
  },
});
const polish = translator("pl", {
  "%(num)d day": {
    one: "%(num)d dzień",
    few: "%(num)d dni",
    many: "%(num)d dni.",
    other: "%(num)d dnia",
  },
});

test("a message without a translation is said as it was written", () => {
  assert.equal(_("Not said"), "Not said");
  assert.equal(spanish.gettext("Not said"), "Not said");
});

test("a message is said in the language of the page", () => {
  assert.equal(spanish.gettext("Sent"), "Enviado");
});

test("values take their named places", () => {
  assert.equal(spanish.gettext("near %(place)s", { place: "Graz" }), "cerca de Graz");
  assert.equal(_("%(a)s and %(b)d", { b: 2, a: "x" }), "x and 2");
});

test("a value that looks like a place is not read again", () => {
  assert.equal(format("%(a)s", { a: "%(b)s", b: "no" }), "%(b)s");
  assert.equal(format("%(nothing)s $& 100%%", {}), "%(nothing)s $& 100%");
});

test("English counts one and many", () => {
  assert.equal(ngettext("%(num)s family", "%(num)s families", 1), "1 family");
  assert.equal(ngettext("%(num)s family", "%(num)s families", 0), "0 families");
  assert.equal(
    ngettext("%(num)s of %(what)s", "%(num)s of %(what)s", 2, { what: "milk" }),
    "2 of milk",
  );
});

test("the forms of a language are chosen by its own rules", () => {
  const days = (n) => polish.ngettext("%(num)d day", "%(num)d days", n);
  assert.deepEqual([1, 3, 5, 22].map(days), ["1 dzień", "3 dni", "5 dni.", "22 dni"]);
  assert.equal(spanish.ngettext("%(num)s family", "%(num)s families", 2), "2 familias");
});

test("a category that the translator has no form for falls back to other", () => {
  const words = translator("es", { "%(num)s day": { one: "%(num)s día", other: "%(num)s días" } });
  assert.equal(words.ngettext("%(num)s day", "%(num)s days", 1_000_000), "1000000 días");
});

test("a built script finds its words by their numbers", () => {
  const words = translator("es", ["Enviado", { one: "%(num)s día", other: "%(num)s días" }]);
  assert.equal(words.gettext(/** @type {any} */ (0)), "Enviado");
  assert.equal(words.ngettext(/** @type {any} */ (1), /** @type {any} */ (0), 2), "2 días");
});

test("on a page without words nothing fails", () => {
  assert.equal(_(/** @type {any} */ (7), { place: "Graz" }), "7");
});
