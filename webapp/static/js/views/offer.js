import { composeNew } from "./composer-new.js";

/** The composer of a new offer. @param {HTMLElement} main */
export const mount = (main) => composeNew(main, "offer");
