const scope = /** @type {any} */ (self);
const { version, files = [], shells } = scope.MILKWELL ?? {};

// Shells lie under the pattern of their addresses, such as /listings/:id; files under their own.
const SHELLS = `shells-${version}`;
const FILES = `files-${version}`;

/** A captive portal answers anything with a page or a redirect; neither is one of our parts. */
function whole(response, type) {
  const right = type.test(response.headers.get("Content-Type") ?? "");
  if (response.ok && !response.redirected && right) return response;
  throw new Error(response.url);
}

async function keepShells() {
  const said = await whole(await fetch(shells), /json/).json();
  const list = Object.entries(said.shells);
  if (!list.length) throw new Error("no shells");
  const cache = await caches.open(SHELLS);
  await Promise.all(
    list.map(([pattern, { html, headers }]) => cache.put(pattern, new Response(html, { headers }))),
  );
}

/** What a cache holds, by path. */
async function keptIn(name) {
  const kept = await (await caches.open(name)).keys();
  return kept.map(({ url }) => decodeURI(new URL(url).pathname));
}

async function keepFile(cache, address) {
  await cache.put(address, whole(await fetch(address), /^(?!text\/html)/));
}

/** Of what is kept since it was opened: the same of this version, if it can be had. */
async function keepOpened(cache) {
  const known = (await Promise.all((await caches.keys()).map(keptIn))).flat();
  for (const path of known.filter((each) => /\.js$/.test(each))) {
    // All scripts of one version end alike.
    const address = path.slice(0, -13) + files[0].slice(-13);
    if (!files.includes(address)) await keepFile(cache, address).catch(() => {});
  }
}

/** Fetch every part of this version; rejects, and installs nothing, if one of them fails. */
export async function precache() {
  const cache = await caches.open(FILES);
  await Promise.all([keepShells(), ...files.map((address) => keepFile(cache, address))]);
  await keepOpened(cache);
}

/** Keep the shells of this version alone; its files, and those of the one before, of which a page
 * may just be opening. */
export async function dropOld() {
  const names = await caches.keys();
  const kept = [SHELLS, ...names.filter((name) => name.startsWith("files-")).slice(-2)];
  await Promise.all(names.map((name) => kept.includes(name) || caches.delete(name)));
}

const matches = (pattern, path) => {
  const [parts, segments] = [pattern.split("/"), path.split("/")];
  const fits = (part, index) => part === segments[index] || (part[0] === ":" && segments[index]);
  return parts.length === segments.length && parts.every(fits);
};

const patterns = () => keptIn(SHELLS);

/**
 * The shell of an address; a pattern that names it in full goes before one with a parameter.
 * @param {string} path
 * @returns {Promise<Response | undefined>}
 */
export async function shellOf(path) {
  const known = await patterns();
  const found = known.find((each) => each === path) ?? known.find((each) => matches(each, path));
  return found && (await caches.open(SHELLS)).match(found);
}

/** Whether the browser, or a sign-out, has taken the cache away. */
export const lost = async () => !(await patterns()).length;

/** @param {URL} url whether it is a file of this version, or of another */
export const isFile = ({ pathname }) => pathname.startsWith("/static/dist/");

/** A file as it is kept here; a script that isn't yet is kept from now on. @param {Request} request */
export async function cacheFirst(request) {
  const kept = await caches.match(request, { ignoreVary: true });
  if (kept) return kept;
  const response = await fetch(request);
  const script = response.clone();
  await caches
    .open(FILES)
    .then((cache) => cache.put(request, whole(script, /javascript/)))
    .catch(() => {});
  return response;
}
