/**
 * PouchDB and its server from npm, in the service of bench/wire.py. The first argument is the
 * folder in which they are installed. Prints {"port"} of the server, then reads one command a line
 * and answers each with a line:
 *
 * - {"do": "meet", "port", "headers", "remembers"}: a phone with an empty database, which reaches
 *   the server through that port and sends those headers beside PouchDB's own; how far replication
 *   has come stands at "both", or on the "phone" alone
 * - {"do": "write", "docs", "at"}: documents as they are to stand at "server" or "phone", by _id
 * - {"do": "pull"}, {"do": "push"}, {"do": "sync"}: replicate once; answers how many documents
 *   {"moved"}
 */
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";

const require = createRequire(join(process.argv[2], "package.json"));
const PouchDB = require("pouchdb").plugin(require("pouchdb-adapter-memory"));
const servedFrom = require("express-pouchdb");

const NAME = "rows";
/** More than PouchDB's own 100, which would ask five times for five hundred. */
const batch_size = 1000;

const Served = PouchDB.defaults({ adapter: "memory", prefix: "server/" });
const Phone = PouchDB.defaults({ adapter: "memory", prefix: "phone/" });
const stored = new Served(NAME);

let phones = 0;
let phone;
let remote;
let pulling;
let pushing;

/**
 * The platform's fetch, as PouchDB takes it in browsers. In Node it brings node-fetch 2.6.9, which
 * loses the end of a chunked answer on a connection that is kept open.
 */
const fetchWith = (more) => (address, options) =>
  fetch(address, { ...options, headers: { ...Object.fromEntries(options.headers), ...more } });

async function meet({ port, headers, remembers }) {
  const alone = remembers === "phone";
  pulling = { batch_size, ...(alone && { checkpoint: "target" }) };
  pushing = { batch_size, ...(alone && { checkpoint: "source" }) };
  phone = new Phone(`${NAME}${phones++}`);
  remote = new PouchDB(`http://127.0.0.1:${port}/${NAME}`, {
    fetch: fetchWith(headers),
    skip_setup: true,
  });
  await Promise.all([phone.info(), stored.info()]);
  return {};
}

async function write({ docs, at }) {
  const database = at === "server" ? stored : phone;
  const { rows } = await database.allDocs({ keys: docs.map(({ _id }) => _id) });
  const stands = docs.map((doc, number) => ({ ...doc, _rev: rows[number].value?.rev }));
  const written = await database.bulkDocs(stands);
  return { written: written.filter(({ ok }) => ok).length };
}

const commands = {
  meet,
  write,
  pull: async () => ({ moved: (await phone.replicate.from(remote, pulling)).docs_written }),
  push: async () => ({ moved: (await phone.replicate.to(remote, pushing)).docs_written }),
  sync: async () => {
    const { pull, push } = await phone.sync(remote, { pull: pulling, push: pushing });
    return { moved: pull.docs_written + push.docs_written };
  },
};

const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const app = servedFrom(Served, { mode: "minimumForPouchDB" });
const server = createServer(app);
server.listen(0, "127.0.0.1", () => say({ port: server.address().port }));
for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line);
  say(await commands[command.do](command));
}
process.exit();
