/** What people do, by what their phone shows them. */

const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const HOMES = ["8728f0190ffffff", "8728f0191ffffff", "8728f0192ffffff"];

const unstuck = ({ work }) => work?.state !== "attention";
const stands = ({ status, mine }) => mine && (status === "open" || status === "paused");

/** Fields of an offer or a request, with words that name it and nobody else's. */
const fieldsOf = (kind, uuid, words) =>
  kind === "offer"
    ? {
        kind,
        volume_ml: "9000",
        reach_km: "60",
        open_days: "30",
        note: words,
        "batches-0-id": uuid,
        "batches-0-state": "frozen",
        "batches-0-pumped_from": day(-60),
        "batches-0-pumped_to": day(-3),
        medicine: "some",
        medicine_detail: `medicine of ${words}`,
      }
    : { kind, volume_ml: "600", reach_km: "60", open_days: "14", need: "short", note: words };

async function own(engine, chance) {
  const found = (await engine.rows("listing")).filter((each) => stands(each) && unstuck(each));
  return found.length ? chance.one(found) : undefined;
}

async function inTalk(engine, chance) {
  const found = (await engine.rows("conversation")).filter(({ gone }) => !gone);
  return found.length ? chance.one(found) : undefined;
}

const onOwn = (verb, fieldsFor = () => ({})) =>
  async function act({ engine, chance }) {
    const listing = await own(engine, chance);
    const fields = listing && fieldsFor(listing, chance);
    return fields && engine.perform({ kind: `listing.${verb}`, row: listing.id, fields });
  };

const onTalk = (verb, fieldsFor = () => ({})) =>
  async function act({ engine, chance }) {
    const talk = await inTalk(engine, chance);
    const fields = talk && fieldsFor(talk, chance);
    return fields && engine.perform({ kind: `conversation.${verb}`, row: talk.id, fields });
  };

const ACTS = {
  async publish({ engine, chance, phone, words }) {
    const kind = phone.user.number === 1 ? "request" : "offer";
    const [row, fields] = [engine.uuid7(), fieldsOf(kind, chance.uuid(), words)];
    await engine.perform({ kind: "listing.publish", row, fields });
    // Sent or not, she thinks better of it.
    const change = { fields: { open_days: "9" }, was: { open_days: fields.open_days } };
    if (chance.often(0.4)) await engine.perform({ kind: "listing.edit", row, ...change });
  },

  async edit({ engine, chance, words }) {
    const listing = await own(engine, chance);
    if (!listing?.fields) return;
    const name = chance.one(["note", "volume_ml", "open_days", "note"]);
    const value = { note: words, volume_ml: `${chance.whole(500, 9000)}` }[name];
    const fields = { [name]: value ?? `${chance.whole(3, 30)}` };
    const was = { [name]: listing.fields[name] ?? "" };
    await engine.perform({ kind: "listing.edit", row: listing.id, fields, was });
  },

  gave: onOwn(
    "gave",
    ({ kind, fields, volume_ml }, chance) =>
      (kind ?? fields.kind) === "offer" &&
      volume_ml > 10 && { volume_ml: `${chance.whole(1, Math.min(volume_ml - 1, 300))}` },
  ),
  pause: onOwn("pause"),
  resume: onOwn("resume"),
  renew: onOwn("renew"),
  withdraw: onOwn("withdraw"),

  async begin({ engine, chance, phone, words }) {
    const listings = await engine.rows("listing");
    const others = listings.filter((each) => !each.mine);
    const mine = listings.filter((each) => stands(each) && unstuck(each));
    if (!others.length || !mine.length) return;
    const other = chance.one(others);
    const hers = mine.find((each) => (each.kind ?? each.fields.kind) !== other.kind);
    if (!hers) return;
    const conversation = await engine.conversationId(other.id, phone.user.id);
    const fields = { conversation, listing: other.id, mine: hers.id, text: words };
    const shows = { other: other.id };
    await engine.perform({ kind: "message.send", row: engine.uuid7(), fields, shows });
  },

  async write({ engine, chance, words }) {
    const talk = await inTalk(engine, chance);
    if (!talk) return;
    const fields = { conversation: talk.id, text: words };
    await engine.perform({ kind: "message.send", row: engine.uuid7(), fields });
  },

  open: onTalk("open", (_, chance) => ({
    opens: chance.one([["name"], ["name", "note"], ["details"], []]),
  })),
  leave: onTalk("leave"),
  read: onTalk("read", ({ position }) => position && { position: `${position}` }),

  async block({ engine, chance }) {
    const talk = await inTalk(engine, chance);
    if (!talk) return;
    const shows = { other: talk.other };
    await engine.perform({ kind: "conversation.block", row: talk.id, shows });
  },

  async lift({ engine, chance }) {
    const blocks = await engine.rows("block");
    if (blocks.length) await engine.perform({ kind: "block.lift", row: chance.one(blocks).id });
  },

  async report({ engine, chance, words }) {
    const others = (await engine.rows("listing")).filter((each) => !each.mine);
    if (!others.length) return;
    const fields = { listing: chance.one(others).id, reason: "other", note: words };
    await engine.perform({ kind: "report.make", row: engine.uuid7(), fields });
  },

  async move({ engine, chance, phone }) {
    const person = await engine.me();
    if (!person) return;
    const fields = { place: `cell:${chance.one(HOMES)}` };
    const was = { place: person.place?.id ?? "" };
    await engine.perform({ kind: "person.edit", row: phone.user.id, fields, was });
  },

  async rename({ engine, phone, words }) {
    const person = await engine.me();
    if (!person) return;
    const change = { fields: { name: words }, was: { name: person.name } };
    await engine.perform({ kind: "person.edit", row: phone.user.id, ...change });
  },

  /** She settles what waits for her. */
  async answer({ engine, chance, world, phone }) {
    const stuck = (await engine.outbox()).filter(({ state }) => state === "attention");
    if (!stuck.length) return;
    const { id, answer, fields } = chance.one(stuck);
    const yes = {
      confirm: { fields: answer.errors?.status ? { ...fields, reopen: "y" } : fields },
      conflict: {
        was: Object.fromEntries(
          Object.entries(answer.conflicts ?? {}).map(([name, { theirs }]) => [name, theirs]),
        ),
      },
    }[answer.outcome];
    await world.settles(phone, async () => {
      if (yes && chance.often(0.7)) await engine.replace(id, yes);
      else if (chance.often(0.4)) await engine.retry(id);
      else await engine.discard(id);
    });
  },

  async discard({ engine, chance, world, phone }) {
    const saved = (await engine.outbox()).filter(({ state }) => state === "saved");
    if (saved.length) await world.settles(phone, () => engine.discard(chance.one(saved).id));
  },

  async draft({ engine, chance, world, phone, words }) {
    const key = chance.one(["offer/new", "request/new"]);
    engine.drafts.save(key, { note: words });
    await engine.drafts.flush();
    world.drafted(phone, key, words);
  },

  /** All unsent goes to another phone of hers as a file, and stays here too. */
  async file({ engine, chance, world, phone }) {
    const said = JSON.stringify(await engine.unsent());
    const others = world.phones.filter((each) => each !== phone && each.user === phone.user);
    const other = others.length && chance.one(others);
    const tab = other && (other.tabs[0] ?? other.open());
    if (tab) await tab.engine.loadUnsent({ size: said.length, text: async () => said });
  },
};

const WEIGHTS = {
  publish: 12,
  edit: 12,
  gave: 9,
  pause: 3,
  resume: 3,
  renew: 2,
  withdraw: 2,
  begin: 9,
  write: 12,
  open: 4,
  leave: 1,
  read: 3,
  block: 1,
  lift: 1,
  report: 2,
  move: 2,
  rename: 2,
  answer: 8,
  discard: 2,
  draft: 3,
  file: 2,
};

export const draw = (chance) => chance.weighed(Object.entries(WEIGHTS));

/** @param {string} name @param {any} scene engine, chance, phone, world, words */
export const act = (name, scene) => ACTS[name](scene);
