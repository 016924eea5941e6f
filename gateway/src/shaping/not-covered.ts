/**
 * Thrown for everything that compiled shapes leave to the library: each value that is not plain and correct.
 */
export class NotCovered extends Error {}

const reasons = new Map<string, NotCovered>();

/** One error per reason, made once: it is thrown while an answer is made, and its stack is of no use. */
export function notCovered(reason: string): never {
  const known = reasons.get(reason) ?? new NotCovered(reason);
  reasons.set(reason, known);
  throw known;
}
