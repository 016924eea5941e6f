import { join } from 'node:path';
import { ESLint, Linter } from 'eslint';

const root = join(import.meta.dirname, '../../..');

interface Config {
  rules: Record<string, Linter.RuleEntry>;
}

async function found(code: string): Promise<string[]> {
  const eslint = new ESLint({ cwd: root, overrideConfigFile: 'infra/lint/eslint.config.mjs' });
  const { rules } = (await eslint.calculateConfigForFile('services/clients/src/any.commands.ts')) as Config;
  const rule = 'no-restricted-syntax';
  return new Linter().verify(code, { rules: { [rule]: rules[rule] ?? 'off' } }).map(({ message }) => message);
}

describe('the lint of commands', () => {
  it.each([
    ['db.transaction((tx) => tx);', 'command()'],
    ['context.db.transaction((tx) => tx);', 'command()'],
    ["tx.findOne(Row, { where, lock: { mode: 'pessimistic_write' } });", 'for no key update'],
    ['tx.query(`select id from row where id = $1 for update`, [id]);', 'for no key update'],
    ['once(tx, attempt, run);', 'repeated key'],
    ['command(context, options, (row) => context.loaders.needById.load(row.id));', 'second connection'],
    [
      'command(context, options, async () => ({ rows: await context.db.query("select 1") }));',
      'second connection',
    ],
    ['command(context, options, (row) => context.care.load(row.clientId));', 'second connection'],
  ])('refuses %s', async (code, why) => {
    expect(await found(code)).toEqual([expect.stringContaining(why)]);
  });

  it.each([
    'command(context, options, (row, { tx, care }) => ({ update: row }));',
    'dataSource.transaction((tx) => tx);',
  ])('allows %s', async (code) => {
    expect(await found(code)).toEqual([]);
  });
});
