import { join } from 'node:path';
import { ESLint, Linter } from 'eslint';

const root = join(import.meta.dirname, '../../..');

interface Config {
  rules: Record<string, Linter.RuleEntry>;
}

async function found(code: string): Promise<string[]> {
  const eslint = new ESLint({ cwd: root, overrideConfigFile: 'infra/lint/eslint.config.mjs' });
  const { rules } = (await eslint.calculateConfigForFile('services/clients/src/database.ts')) as Config;
  const rule = 'no-restricted-syntax';
  return new Linter().verify(code, { rules: { [rule]: rules[rule] ?? 'off' } }).map(({ message }) => message);
}

describe('the lint of database sessions', () => {
  it.each(['new pg.Client({ connectionString });', 'new pg.Pool({ max });', 'new DataSource({ url });'])(
    'refuses one without limits: %s',
    async (code) => {
      expect(await found(code)).toEqual([expect.stringContaining('time-outs')]);
    },
  );

  it.each([
    'new pg.Client({ connectionString, ...pgTimeouts(longWorkTimeouts) });',
    'new DataSource({ url, extra: pgTimeouts(timeouts) });',
  ])('allows one with limits: %s', async (code) => {
    expect(await found(code)).toEqual([]);
  });
});
