import { CannotStart, readConfig, runProgram } from '@throughline/runtime';
import { askForToken } from './ask-for-token.ts';
import { tokenConfig } from './config.ts';

/** `npm run -s token -- maria`: prints a token and nothing else. */
await runProgram(async () => {
  const { SIGN_IN_URL, SIGN_IN_PORT } = readConfig(tokenConfig, process.env);
  const url = SIGN_IN_URL ?? `http://localhost:${SIGN_IN_PORT}`;
  const token = await askForToken(url, process.argv[2] ?? '').catch((error: unknown) => {
    throw new CannotStart((error as Error).message);
  });
  process.stdout.write(`${token}\n`);
});
