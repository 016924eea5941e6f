/**
 * A program cannot start, for a reason that its operator can correct. The message is for the operator: one sentence
 * about what is wrong and what to do, without secrets.
 */
export class CannotStart extends Error {
  override name = 'CannotStart';
}

/**
 * For main.ts: runs the program. CannotStart is printed as its sentence and ends the process with exit code 1; any
 * other error is a bug and keeps its stack.
 */
export async function runProgram(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof CannotStart)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
