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
  const at = new Date().toISOString();
  if (!(error instanceof Error)) return { at, name: typeof error };

  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const where = error.stack?.split('\n').find((line) => line.trimStart().startsWith('at '));
  return {
    at,
    name: error.name,
    ...(code && { code }),
    ...(where && { where: where.trim().slice(0, 300) }),
  };
}
