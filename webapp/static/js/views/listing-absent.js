import { status } from "../phone/index.js";
import { part, reveal } from "./reveal.js";
import { stranger } from "./states.js";

/** Show what the shell says of how it stands with writing. @param {string} box */
export const say = (box) => reveal(part("main"), "box", box);

/** Say why it isn't here, as far as this phone can know. */
export function absent() {
  const { state, synced_at } = status();
  const out = state === "signed_out";
  say(out ? "" : state === "idle" && synced_at ? "nowhere" : "far");
  return out && stranger([]);
}
