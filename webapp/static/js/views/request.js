/** A new request. */
export { mount } from "./composer-new.js";
