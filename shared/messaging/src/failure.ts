import { placeOf } from '@throughline/runtime';
import { z } from 'zod';

/** Stored part of an error: class, code and place. Its text may contain data of a client. */
export interface Failure {
  at: string;
  name: string;
  code?: string;
  where?: string;
}

/** An earlier fact of the key is missing. */
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

/** For the job queue, which stores the text of an error: this text has only what may be stored. */
export class FailedJob extends Error {
  constructor(error: unknown) {
    super(JSON.stringify(failureOf(error)), { cause: error });
  }
}

const kept = z.strictObject({
  at: z.iso.datetime(),
  name: z.string().regex(/^[\w$]{1,100}$/),
  code: z
    .string()
    .regex(/^[A-Z\d_.-]{1,60}$/)
    .optional(),
  where: z.string().startsWith('at ').max(300).optional(),
});

/** Reads what FailedJob wrote; of any other text only that it exists. */
export function readFailure(text: string, at: Date): Failure {
  try {
    const { code, where, ...known } = kept.parse(JSON.parse(text));
    return { ...known, ...(code && { code }), ...(where && { where }) };
  } catch {
    return { at: at.toISOString(), name: 'Error' };
  }
}
