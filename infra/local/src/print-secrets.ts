import { isPairName, linesOf, newPair, newSecrets, pairNames } from './secrets.ts';

/** `npm run -s secrets [-- viewer | release-basis]`: prints all secrets for .env, or one new pair of keys. */
const [name] = process.argv.slice(2);
if (name === undefined) process.stdout.write(linesOf(newSecrets()));
else if (isPairName(name)) process.stdout.write(linesOf(newPair(name)));
else {
  process.stderr.write(`Name a pair of keys, one of ${pairNames.join(', ')}, or nothing for all secrets.\n`);
  process.exitCode = 64;
}
