/** What the compiled shapes leave to the library: everything that is not a plain, correct value. */
export class NotCovered extends Error {}

const reasons = new Map<string, NotCovered>();

/** One error for each reason, made once: it is thrown on the way of an answer, and its stack tells nothing. */
export function notCovered(reason: string): never {
  const known = reasons.get(reason) ?? new NotCovered(reason);
  reasons.set(reason, known);
  throw known;
}
