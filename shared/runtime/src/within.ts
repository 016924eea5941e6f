/** It took too long; the work itself continues. */
export class TookTooLong extends Error {
  override name = 'TookTooLong';
}

/** The result of `work`, or TookTooLong after this number of milliseconds. */
export async function within<Value>(ms: number, work: Promise<Value>): Promise<Value> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new TookTooLong('no answer in time')), ms);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
