import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { contents, newPhone } from "../phone_world.js";
import { answered } from "./stores/stores.js";

const { layAside, takeUp } = await import("../../../webapp/static/js/phone/database.js");
const { drafts, saveOnLeaving } = await import("../../../webapp/static/js/phone/drafts.js");
const { empty } = await import("../../../webapp/static/js/phone/session.js");

await newPhone();
saveOnLeaving();
beforeEach(newPhone);

const leave = () => dispatchEvent(new Event("pagehide"));
const typed = async () => (await contents("drafts")).map(({ key, value }) => [key, value]);

test("what she types the moment before she leaves is saved by the next page", async () => {
  drafts.save("offer", "400");
  leave();
  assert.deepEqual(await typed(), []);
  saveOnLeaving();
  assert.equal(await drafts.load("offer"), "400");
  assert.deepEqual(await typed(), [["offer", "400"]]);
  assert.equal(localStorage.drafts, undefined);
});

test("two pages that are left one after the other both hand on what was typed", async () => {
  drafts.save("offer", "400");
  drafts.save("letter/1", "Hello");
  leave();
  drafts.save("offer", "500");
  leave();
  saveOnLeaving();
  await drafts.flush();
  assert.deepEqual(await typed(), [
    ["letter/1", "Hello"],
    ["offer", "500"],
  ]);
});

test("a page that comes back doesn't write over what another has written since", async () => {
  await drafts.list();
  drafts.save("offer", "400");
  const saved = drafts.flush();
  for (let turn = 0; turn < 9; turn++) await undefined;
  leave();
  layAside();

  const db = await answered(indexedDB.open("milkwell"));
  const other = db.transaction("drafts", "readwrite").objectStore("drafts");
  await answered(other.put({ key: "offer", value: "500", saved_at: "" }, "offer"));
  db.close();
  takeUp();
  await saved;
  assert.equal(await drafts.load("offer"), "500");
});

test("what was handed on goes with the rest when a phone is emptied", async () => {
  drafts.save("offer", "400");
  leave();
  await empty(false);
  saveOnLeaving();
  assert.equal(await drafts.load("offer"), undefined);
});

test("what can't be saved now stays for the next page", async () => {
  drafts.save("offer", "400");
  leave();
  const { open } = indexedDB;
  indexedDB.open = () => {
    throw new DOMException("", "UnknownError");
  };
  const { error } = console;
  console.error = () => {};
  saveOnLeaving();
  await drafts.flush().catch(() => {});
  Object.assign(console, { error });
  indexedDB.open = open;
  assert.match(localStorage.drafts, /400/);
});
