/** The phone broken on purpose, to see that a run notices: what stands in a file, and what instead. */

export const BROKEN = {
  removed_before_the_answer: [
    {
      file: "sync.js",
      from: "    const how = await filling({ meta });",
      to: "    for (const { id } of operations) await outbox.delete(id);\n    const how = await filling({ meta });",
    },
  ],
  cursor_before_rows: [
    {
      file: "answer.js",
      from: "export function takeIn(request, { results = [], scopes = {}, lost }) {",
      to: `export async function takeIn(request, { results = [], scopes = {}, lost }) {
  await writing(async ({ meta }) => {
    for (const [name, { cursor }] of Object.entries(scopes)) {
      await meta.put({ ...(await meta.get(name)), cursor }, name);
      request.stood.cursors[name] = cursor;
    }
  });`,
    },
  ],
};
