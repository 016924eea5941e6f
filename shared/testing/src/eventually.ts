/**
 * Runs `attempt` again and again until it neither throws nor answers `false`, and returns its answer.
 * It is patient, because the machine may be busy: only after `timeoutMs` (default 60 s) the last error is thrown.
 */
export async function eventually<Result>(
  attempt: () => Result | Promise<Result>,
  { timeoutMs = 60_000, everyMs = 50 }: { timeoutMs?: number; everyMs?: number } = {},
): Promise<Result> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const failure = await tryOnce(attempt);
    if ('result' in failure) return failure.result;
    if (Date.now() > deadline) throw failure.error;
    await new Promise((wake) => setTimeout(wake, everyMs));
  }
}

async function tryOnce<Result>(
  attempt: () => Result | Promise<Result>,
): Promise<{ result: Result } | { error: unknown }> {
  try {
    const result = await attempt();
    return result === false ? { error: new Error('It stayed false') } : { result };
  } catch (error) {
    return { error };
  }
}
