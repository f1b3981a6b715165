/** An offer's batches among its flat fields: batches-0-state. Pure. */

/** @typedef {Record<string, string | string[]>} Fields */
/** @typedef {Record<string, string | string[]>} Batch by the names within a batch; has an id */

const NAME = /^(_?)batches-(\d+)-(.+)$/;

/** Whether a name is one of a batch. @param {string} name */
export const isOfBatch = (name) => NAME.test(name);

/** "batches-2" of "batches-2-state"; else the name itself: what conflicts and is chosen as one. */
export const unitOf = (name) => /^batches-\d+(?=-)/.exec(name)?.[0] ?? name;

/** Batches by their number, each with the names within it. @param {Fields} fields */
function numbered(fields) {
  /** @type {Map<number, Batch>} */
  const found = new Map();
  for (const [name, value] of Object.entries(fields)) {
    const [, mark, number, inner] = NAME.exec(name) ?? [];
    if (inner) found.set(+number, { ...found.get(+number), [mark + inner]: value });
  }
  return [...found].sort(([one], [other]) => one - other);
}

/** The batches in their order, but for those of which nothing is left. @param {Fields} fields */
export const batchesIn = (fields) =>
  numbered(fields)
    .map(([, batch]) => batch)
    .filter((batch) => Object.values(batch).some((value) => value?.length));

/** The fields that are of no batch. @param {Fields} fields */
export const besides = (fields) =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !isOfBatch(name)));

/** One batch by flat names. @param {Batch} batch @param {number} number */
const flatOne = (batch, number) =>
  Object.fromEntries(
    Object.entries(batch).map(([name, value]) => [
      name.replace(/^_?/, (mark) => `${mark}batches-${number}-`),
      value,
    ]),
  );

/** Batches by flat names, numbered without gaps. @param {Batch[]} batches @returns {Fields} */
export const flat = (batches) => Object.assign({}, ...batches.map(flatOne));

/** These fields without one batch, the others numbered anew. @param {Fields} fields */
export const without = (fields, number) => ({
  ...besides(fields),
  ...flat(
    numbered(fields)
      .filter(([each]) => each !== number)
      .map(([, batch]) => batch),
  ),
});

const isSaid = (value) => value?.length > 0;

/**
 * An edit over the fields as they stand, as the server merges it: a batch by its id, whatever its
 * number; one without a word left is taken out, and a new one comes last.
 * @param {Fields} before
 * @param {Fields} fields of the edit
 * @param {Fields} [was] what she saw, under the same names
 * @returns {Fields}
 */
export function laid(before, fields, was = {}) {
  const all = new Map(batchesIn(before).map((batch) => [batch.id, batch]));
  const seen = new Map(numbered(was));
  for (const [number, batch] of numbered(fields)) {
    const said = Object.fromEntries(Object.entries(batch).filter(([, value]) => isSaid(value)));
    const id = said.id ?? seen.get(number)?.id;
    if (said.id) all.set(id, said);
    else all.delete(id);
  }
  return { ...besides(before), ...besides(fields), ...flat([...all.values()]) };
}

/**
 * What changed of the batches between two readings of a form, each whole and under the number that
 * it had before; a new one has the next.
 * @param {Fields} before
 * @param {Fields} after
 * @returns {[name: string, before: string | string[], after: string | string[]][]}
 */
export function changedBatches(before, after) {
  const [old, now] = [batchesIn(before), batchesIn(after)];
  const pairs = [
    ...old.map((batch) => [batch, now.find(({ id }) => id === batch.id) ?? {}]),
    ...now.filter(({ id }) => !old.some((each) => each.id === id)).map((batch) => [{}, batch]),
  ];
  /** @param {Batch[]} pair */
  const differs = ([one, other]) =>
    Object.keys({ ...one, ...other }).some(
      (name) => `${one[name] ?? ""}` !== `${other[name] ?? ""}`,
    );
  return pairs.flatMap((pair, number) =>
    differs(pair)
      ? Object.keys({ ...pair[0], ...pair[1] }).map((name) => [
          `batches-${number}-${name}`,
          pair[0][name],
          pair[1][name],
        ])
      : [],
  );
}
