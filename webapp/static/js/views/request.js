import { composeNew } from "./composer-new.js";

/** The composer of a new request. @param {HTMLElement} main */
export const mount = (main) => composeNew(main, "request");
