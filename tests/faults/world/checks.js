/** What must hold when all is quiet; each finding is a sentence. */
import { Chance } from "./random.js";
import { dump, textOf } from "./stores.js";

const QUIET = "conversation.read";

/** What a new phone of hers is told: the server's own word on what is hers. */
async function fresh(world, person, number) {
  const { cookie } = await world.network.send({
    address: `/faults/sign-in/${person.id}`,
    cookie: "",
  });
  const device = new Chance(world.seed, "fresh", number).uuid();
  const cursors = { me: "", near: "" };
  const rows = new Map();
  for (let more = true; more; ) {
    const body = {
      protocol: 1,
      device,
      sent_at: new Date().toISOString(),
      operations: [],
      cursors,
    };
    const headers = { "content-type": "application/json" };
    const answer = await world.network.send({
      address: "/api/sync",
      body: JSON.stringify(body),
      headers,
      cookie,
    });
    const { scopes = {} } = JSON.parse(answer.body);
    more = Object.values(scopes).some((scope) => scope.more);
    for (const [name, scope] of Object.entries(scopes)) {
      cursors[name] = scope.cursor;
      for (const [noun, list] of Object.entries(scope.put ?? {})) {
        for (const row of list) rows.set(`${name} ${noun} ${row.id}`, row);
      }
      for (const [noun, ids] of Object.entries(scope.del ?? {})) {
        for (const id of ids) rows.delete(`${name} ${noun} ${id}`);
      }
    }
  }
  return rows;
}

function held({ rows, meta }) {
  const found = new Map();
  for (const [[scope, generation, noun, id], row] of rows) {
    if (generation === (meta[scope]?.generation ?? 0)) found.set(`${scope} ${noun} ${id}`, row);
  }
  return found;
}

const sorted = (value) =>
  value && typeof value === "object" && !Array.isArray(value)
    ? Object.fromEntries(
        Object.keys(value)
          .sort()
          .map((name) => [name, sorted(value[name])]),
      )
    : value;
const same = (one, other) => JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));

/** What of a row is otherwise elsewhere. */
function apart(one, other, key) {
  const [row, twin = {}] = [one.get(key), other.get(key)];
  const names = Object.keys({ ...row, ...twin }).filter((name) => !same(row?.[name], twin[name]));
  return row && JSON.stringify(Object.fromEntries(names.map((name) => [name, row[name]])));
}

/** The server's rows as they are once it has heard what its phone has yet to say was seen. */
function withSeen(there, { seen = [] }) {
  const rows = new Map(there);
  for (const id of seen) {
    const key = `me alert ${id}`;
    if (rows.has(key)) rows.set(key, { ...rows.get(key), seen: true });
  }
  return rows;
}

function compare(phone, here, there) {
  const found = [];
  for (const key of new Set([...here.keys(), ...there.keys()])) {
    if (same(here.get(key), there.get(key))) continue;
    found.push(
      `${phone.name} has ${key} as ${apart(here, there, key)}, the server as ${apart(there, here, key)}`,
    );
  }
  return found;
}

/** Whether an answer that waits for her is one that could be. */
function strange({ operation, owner }, ledger, world) {
  const { answer, row, kind } = operation;
  const said = JSON.stringify(answer?.errors ?? {});
  if (/id is taken/.test(said)) return true;
  if (!/no such listing/.test(said)) return false;
  const publish = [...world.kept.values()].find(
    (each) => each.operation.kind === "listing.publish" && each.operation.row === row,
  );
  return (
    kind.startsWith("listing.") &&
    ledger.get(`${owner} ${publish?.operation.id}`)?.outcome === "done"
  );
}

/** Whether it builds on something that waits for her. */
function waits({ after }, here, stuck) {
  return after.some((id) => stuck.has(id) || (here.has(id) && waits(here.get(id), here, stuck)));
}

/** @returns {Promise<Record<string, string[]>>} lost, doubled, diverged, leaked: what was found */
export async function check(world) {
  const { kept, told, phones, people, server } = world;
  const state = await server.state();
  const ledger = new Map(state.outcomes.map((each) => [`${each.person} ${each.id}`, each]));
  const dumps = new Map();
  for (const phone of phones) dumps.set(phone, await dump(phone));
  const found = { lost: [], doubled: [], diverged: [], leaked: [], crashed: world.crashes };

  const stuck = new Map();
  const here = new Map();
  for (const [phone, { outbox, aside }] of dumps) {
    for (const each of outbox) {
      here.set(each.id, each);
      if (each.state === "attention") stuck.set(each.id, each);
      const untrue = each.state === "sent" && !told.has(each.id);
      if (untrue)
        found.lost.push(`${phone.name} says sent of ${each.kind} ${each.id}, and nobody heard so`);
    }
    // What is sealed for somebody else has been seen before, when she was here.
    for (const { operation, owner, on } of kept.values()) {
      if (on !== phone.name || !aside.has(owner)) continue;
      here.set(operation.id, operation);
      if (operation.state === "attention") stuck.set(operation.id, operation);
    }
  }
  for (const [id, entry] of kept) {
    const { operation, owner, settled } = entry;
    const done = ledger.get(`${owner} ${id}`)?.outcome === "done";
    const name = `${operation.kind} ${id} of ${people.find((each) => each.id === owner)?.name}`;
    for (const other of people) {
      if (other.id !== owner && ledger.has(`${other.id} ${id}`))
        found.leaked.push(`${name} was sent as ${other.name}'s`);
    }
    if (done || settled || operation.kind === QUIET) continue;
    if (stuck.has(id)) {
      if (strange({ ...entry, operation: stuck.get(id) }, ledger, world)) {
        found.lost.push(`${name} is stranded: ${JSON.stringify(stuck.get(id).answer)}`);
      }
    } else if (waits(operation, here, stuck)) {
    } else if (!(world.restored && told.has(id) && !here.has(id))) {
      const where = here.has(id) ? "waits for ever" : "is nowhere";
      found.lost.push(
        `${name} ${where}: ${JSON.stringify(operation)} on ${entry.on}, ledger ${JSON.stringify(ledger.get(`${owner} ${id}`))}`,
      );
    }
  }
  for (const { phone, owner, key, words } of world.drafts.values()) {
    const { drafts, aside } = dumps.get(phone);
    const there = drafts.some((each) => each.key === key && each.value.note === words);
    if (!there && owner === phone.user.id && !aside.has(owner))
      found.lost.push(`${phone.name} has no draft ${key} any more`);
  }

  effects(world, state, ledger, found);

  for (const [number, person] of people.entries()) {
    const mine = phones.filter(({ user }) => user === person);
    if (!mine.length) continue;
    const there = await fresh(world, person, number);
    const readable = textOf([...there.values()]);
    for (const phone of mine) {
      const dumped = dumps.get(phone);
      found.diverged.push(...compare(phone, held(dumped), withSeen(there, dumped.meta)));
      const everything = textOf(dumps.get(phone));
      for (const words of new Set(everything.match(/\d+ visit[\w ]+ of [ABC]/g) ?? [])) {
        const own = words.endsWith(` of ${person.name}`);
        if (!own && !readable.includes(words))
          found.leaked.push(`${phone.name} of ${person.name} holds “${words}”`);
      }
    }
  }
  return found;
}

/** Whether what was done is there, once. */
function effects({ kept }, state, ledger, found) {
  const done = [];
  for (const { operation, owner } of kept.values()) {
    const entry = ledger.get(`${owner} ${operation.id}`);
    if (entry?.outcome === "done") done.push({ ...operation, order: entry.order });
  }
  done.sort((one, other) => one.order - other.order);
  const times = (list, wanted) => list.filter(wanted).length;
  for (const each of done) {
    if (each.kind === "listing.publish" && !state.listings.some(({ id }) => id === each.row)) {
      found.lost.push(`${each.kind} ${each.id} is done, and there is no listing`);
    }
    if (each.kind === "message.send") {
      const many = times(state.messages, ({ id }) => id === each.row);
      if (many !== 1)
        found.lost.push(`${each.kind} ${each.id} is done, and there are ${many} letters`);
    }
    if (each.kind === "report.make" && !state.reports.some(({ id }) => id === each.row)) {
      found.lost.push(`${each.kind} ${each.id} is done, and there is no report`);
    }
  }
  for (const listing of state.listings) {
    const gave = done.filter(({ kind, row }) => kind === "listing.gave" && row === listing.id);
    const given = gave.reduce((sum, { fields }) => sum + Number(fields.volume_ml), 0);
    const really = listing.total_ml - listing.volume_ml;
    if (really > given)
      found.doubled.push(`listing ${listing.id} gave ${really} ml, and she said ${given}`);
    if (really < given)
      found.lost.push(`listing ${listing.id} gave ${really} ml, and she said ${given}`);
    const said = done.filter(
      ({ kind, row, fields }) =>
        /publish|edit/.test(kind) && row === listing.id && "note" in fields,
    );
    const last = said.at(-1);
    if (last && last.fields.note !== listing.note) {
      found.lost.push(
        `listing ${listing.id} says “${listing.note}”, and ${last.kind} ${last.id} said “${last.fields.note}”`,
      );
    }
  }
  const positions = new Map();
  for (const { conversation, position } of state.messages) {
    const key = `${conversation} ${position}`;
    if (positions.has(key)) found.doubled.push(`two letters stand at ${key}`);
    positions.set(key, true);
  }
  for (const { conversation, position } of state.messages) {
    if (position > 1 && !positions.has(`${conversation} ${position - 1}`))
      found.lost.push(`no letter before ${conversation} ${position}`);
  }
}
