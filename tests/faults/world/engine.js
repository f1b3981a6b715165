/** The phone's own modules as one function of the browser they run in. */
import { readFile } from "node:fs/promises";
import { build } from "esbuild";
import { BROKEN } from "./broken.js";

const FOLDER = new URL("../../../webapp/static/js/phone/", import.meta.url).pathname;

const ENTRY = `
export * from "./index.js";
export * from "./unsent.js";
export { inPage } from "./sync.js";
export { close, deviceIn, reading, recall, remember, writing } from "./database.js";
`;

/** What a browser gives a page, by the names that the modules call it. */
export const GLOBALS = [
  ..."globalThis indexedDB navigator document location BroadcastChannel fetch localStorage".split(
    " ",
  ),
  ..."setTimeout clearTimeout setInterval clearInterval addEventListener Date performance".split(
    " ",
  ),
  ..."AbortSignal crypto caches Notification console".split(" "),
];

const breaking = (broken) => ({
  name: "broken",
  setup({ onLoad }) {
    const changes = broken ? BROKEN[broken] : [];
    onLoad({ filter: /phone\/\w+\.js$/ }, async ({ path }) => {
      let contents = await readFile(path, "utf8");
      for (const { file, from, to } of changes) {
        if (!path.endsWith(`/${file}`)) continue;
        if (!contents.includes(from)) throw new Error(`${file} no longer holds: ${from}`);
        contents = contents.replace(from, to);
      }
      return { contents, loader: "js" };
    });
  },
});

/**
 * @param {string} [broken] a name of broken.js
 * @returns {Promise<(browser: Record<string, any>) => any>} makes one page's own engine
 */
export async function engine(broken) {
  const { outputFiles } = await build({
    stdin: { contents: ENTRY, resolveDir: FOLDER },
    bundle: true,
    write: false,
    format: "iife",
    globalName: "engine",
    target: "es2022",
    logLevel: "error",
    plugins: [breaking(broken)],
  });
  const make = new Function(...GLOBALS, `${outputFiles[0].text}; return engine;`);
  return (browser) => make(...GLOBALS.map((name) => browser[name]));
}
