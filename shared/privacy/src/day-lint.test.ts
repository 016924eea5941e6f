import { join } from 'node:path';
import { ESLint, Linter } from 'eslint';

const root = join(import.meta.dirname, '../../..');

async function faultsIn(code: string, file = 'services/clients/src/service.ts'): Promise<number> {
  const eslint = new ESLint({ cwd: root, overrideConfigFile: 'infra/lint/eslint.config.mjs' });
  const { rules } = (await eslint.calculateConfigForFile(file)) as { rules: Linter.RulesRecord };
  const rule = 'no-restricted-syntax';
  return new Linter().verify(code, { rules: { [rule]: rules[rule] ?? 'off' } }).length;
}

describe('the lint of days without a time zone', () => {
  it.each([
    'now.toISOString().slice(0, 10);',
    "now.toISOString().split('T');",
    'now.getUTCFullYear();',
    'now.getDate();',
    "now.toLocaleDateString('en');",
    'new Date(`${day}T00:00:00Z`);',
  ])('forbids %s, except in the one place that knows days', async (code) => {
    expect(await faultsIn(code)).toBe(1);
    expect(await faultsIn(code, 'shared/privacy/src/day.ts')).toBe(0);
  });

  it('lets times be written as times', async () => {
    expect(await faultsIn('now.toISOString(); now.getTime(); text.slice(0, 10);')).toBe(0);
  });
});
