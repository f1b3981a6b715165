/** Her answer to a conflict, as what replaces the operation. Pure. */

const conflicts = ({ answer }) => answer?.conflicts ?? {};

/**
 * Hers stands: she has now seen the other value.
 * @param {any} operation
 */
export function mine(operation) {
  const seen = Object.entries(conflicts(operation)).map(([name, { theirs }]) => [name, theirs]);
  return { was: { ...operation.was, ...Object.fromEntries(seen) } };
}

/**
 * The other value stands; what did not conflict of hers still goes.
 * @param {any} operation
 * @returns {{fields: any, was: any} | undefined} undefined where nothing is left to send
 */
export function theirs(operation) {
  const left = (values = {}) =>
    Object.fromEntries(
      Object.entries(values).filter(([name]) => !Object.hasOwn(conflicts(operation), name)),
    );
  const fields = left(operation.fields);
  // A batch's id alone changes nothing of it.
  const changes = Object.keys(fields).some((name) => !/^batches-\d+-id$/.test(name));
  return changes ? { fields, was: left(operation.was) } : undefined;
}
