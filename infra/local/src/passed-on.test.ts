import { signInConfig, tokenConfig } from '@throughline/sign-in';
import { migrationConfig } from '@throughline/runtime';
import { localConfig } from './addresses.ts';
import { decidedByExample, example } from './env-example.ts';
import { decidedHere, passedOn, programs, refuseBadSettings, settingsOf } from './passed-on.ts';
import { newSecrets } from './secrets.ts';

const documented = new Set(example().map(({ name }) => name));
const readHere = new Set([
  ...[
    ...Object.keys(localConfig.shape),
    ...Object.keys(signInConfig.shape),
    ...Object.keys(tokenConfig.shape),
  ],
  ...[...Object.keys(migrationConfig.shape), 'POSTGRES_URL', 'NODE_ENV'],
  // Of docker compose: the image.
  ...['IMAGE_TAG', 'REVISION'],
]);
/** Each setting with a text of its own. */
const environment = Object.fromEntries([...documented].map((name) => [name, `value of ${name}`]));

describe('npm start', () => {
  it.each(programs)(
    'passes every setting of %s on that it does not decide itself, and NODE_ENV',
    (program) => {
      const expected = settingsOf(program).filter((name) => !decidedHere.has(name));
      expect(passedOn(program, environment)).toEqual(
        Object.fromEntries(['NODE_ENV', ...expected].map((name) => [name, `value of ${name}`])),
      );
    },
  );

  it('passes on the name of the file that holds a secret', () => {
    const given = { WEBHOOK_SECRET_KEYS_FILE: '/run/a', DATABASE_URL_FILE: '/run/b' };
    expect(passedOn('referrals', given)).toEqual({ WEBHOOK_SECRET_KEYS_FILE: '/run/a' });
  });

  it('decides what .env.example says, and nothing else', () => {
    expect([...decidedHere]).toEqual(decidedByExample());
  });

  it('names every setting that cannot be read, before it starts anything', () => {
    expect(() => refuseBadSettings({ COST_BUDGET_STAFF: 'much', PROGRAM_TIME_ZONE: 'Here' })).toThrow(
      /PROGRAM_TIME_ZONE: must be an IANA time zone[\s\S]*COST_BUDGET_STAFF: /,
    );
    expect(() => refuseBadSettings({ COST_BUDGET_STAFF: '', PATH: '/bin' })).not.toThrow();
  });
});

describe('.env.example', () => {
  it.each(programs)('documents every setting of %s', (program) => {
    expect(settingsOf(program).filter((name) => !documented.has(name))).toEqual([]);
  });

  it('documents every setting of npm start, npm run token, the sign-in and the migration', () => {
    expect([...readHere].filter((name) => !documented.has(name))).toEqual([]);
  });

  it('documents nothing that no program reads', () => {
    const read = new Set([...readHere, ...programs.flatMap(settingsOf), ...Object.keys(newSecrets())]);
    expect([...documented].filter((name) => !read.has(name))).toEqual([]);
  });

  it('documents each setting once', () => {
    expect(example()).toHaveLength(documented.size);
  });
});
