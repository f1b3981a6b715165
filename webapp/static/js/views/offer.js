/** A new offer. */
export { mount } from "./composer-new.js";
