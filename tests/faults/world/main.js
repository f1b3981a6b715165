/** Plays seeds one after the other; prints the sums, and of what failed the least that fails. */
import { parseArgs } from "node:util";
import { check } from "./checks.js";
import { engine } from "./engine.js";
import { Server } from "./server.js";
import { World } from "./world.js";

const MOST_TRIES = 120;

const { values } = parseArgs({
  options: {
    python: { type: "string" },
    first: { type: "string", default: "1" },
    runs: { type: "string", default: "300" },
    step: { type: "string", default: "1" },
    "most-found": { type: "string", default: "3" },
    "until-found": { type: "boolean", default: false },
    "server-broken": { type: "string", default: "" },
    "phone-broken": { type: "string", default: "" },
  },
});

let world;
process.on("unhandledRejection", (error) => world.note({ name: "a page" }, error));

const make = await engine(values["phone-broken"]);
const server = new Server(values["server-broken"], values.python);
await server.ready;

const bad = (found) => Object.values(found).some((list) => list.length);

async function play(seed, skip) {
  world = new World({ seed, server, engine: make, skip });
  await world.play();
  return check(world);
}

/** What must stay for it to fail still: each step is left out that it fails without. */
async function least(seed) {
  const isAct = (each) => / act /.test(each);
  const skip = new Set();
  const steps = [
    ...world.history.filter((each) => !isAct(each)),
    ...world.network.log,
    ...world.history.filter(isAct).map((each) => each.split(":")[0]),
  ];
  for (const step of steps.slice(0, MOST_TRIES)) {
    skip.add(step);
    if (!bad(await play(seed, skip))) skip.delete(step);
  }
  const found = await play(seed, skip);
  return { seed, found, schedule: [...world.history, ...world.network.log] };
}

const totals = { runs: 0, operations: 0, requests: 0 };
const add = (name, many) => {
  totals[name] = (totals[name] ?? 0) + many;
};

const [first, runs, step] = ["first", "runs", "step"].map((name) => Number(values[name]));
let shown = 0;
for (let seed = first; seed < first + runs * step; seed += step) {
  const found = await play(seed);
  add("runs", 1);
  add("operations", world.kept.size);
  for (const { requests } of world.phones) add("requests", requests);
  for (const [what, many] of Object.entries(world.met)) add(`met_${what}`, many);
  for (const [name, { length }] of Object.entries(found)) add(name, length);
  if (bad(found) && values["until-found"]) break;
  if (!bad(found) || shown++ >= Number(values["most-found"])) continue;
  process.stderr.write(`${JSON.stringify(await least(seed), null, 1)}\n`);
}
process.stdout.write(`${JSON.stringify(totals)}\n`);
server.end();
