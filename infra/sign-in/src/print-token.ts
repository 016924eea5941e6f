import { askForToken } from './ask-for-token.ts';

const signInUrl = process.env.SIGN_IN_URL ?? 'http://localhost:4200';

try {
  const token = await askForToken(signInUrl, process.argv[2] ?? '');
  process.stdout.write(`${token}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
