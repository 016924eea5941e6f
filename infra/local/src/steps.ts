/** Shows what is going on: a line when a step begins, its time when it took longer than a second. */
export async function step<Result>(title: string, work: () => Promise<Result>): Promise<Result> {
  process.stderr.write(`  ${title} ...`);
  const started = performance.now();
  const ticking = setInterval(() => process.stderr.write('.'), 2_000);
  try {
    const result = await work();
    process.stderr.write(` done (${((performance.now() - started) / 1000).toFixed(1)} s)\n`);
    return result;
  } catch (error) {
    process.stderr.write(' failed\n');
    throw error;
  } finally {
    clearInterval(ticking);
  }
}

/** One sentence for a person. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
