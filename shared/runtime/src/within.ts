/** It took longer than there was time for; what was begun goes on. */
export class TookTooLong extends Error {
  override name = 'TookTooLong';
}

/** The outcome of `work`, or TookTooLong after so many milliseconds. */
export async function within<Value>(ms: number, work: Promise<Value>): Promise<Value> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new TookTooLong('no answer in time')), ms);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
