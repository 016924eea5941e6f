import { placeOf } from '@throughline/runtime';

/** What is kept of an error: class, code and place. Its text may quote data of a client. */
export interface Failure {
  at: string;
  name: string;
  code?: string;
  where?: string;
}

/** A fact came before another of its key: the earlier one is missing. */
export class SequenceGap extends Error {
  override name = 'SequenceGap';
}

export function failureOf(error: unknown): Failure {
  const {
    name,
    code,
    at: [where],
  } = placeOf(error);
  return {
    at: new Date().toISOString(),
    name,
    ...(code && { code }),
    ...(where && { where: where.slice(0, 300) }),
  };
}
