/** The messages as written, for tests and type checks: the build puts each language's here. */

/** @type {string} */
export const language = "en";

/** @type {Record<string, string | Record<string, string>>} */
export const messages = {};
