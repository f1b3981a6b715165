/** Her answer to a conflict, as what replaces the operation. Pure. */
import { unitOf } from "../batches.js";

/**
 * Each field as she chose, now that she has seen both values; a batch as one.
 * @param {any} operation
 * @param {(name: string) => string} choice "theirs" where the other value stands; a batch is asked
 *   for as "batches-0"
 * @returns {{fields: any, was: any} | false} false where nothing of hers is left to send
 */
export function settled(operation, choice) {
  const [fields, was] = [{ ...operation.fields }, { ...operation.was }];
  for (const [name, { theirs }] of Object.entries(operation.answer.conflicts)) {
    was[name] = theirs;
    if (choice(unitOf(name)) === "theirs") fields[name] = theirs;
  }
  return (
    Object.keys(fields).some((name) => `${fields[name]}` !== `${was[name] ?? ""}`) && {
      fields,
      was,
    }
  );
}
