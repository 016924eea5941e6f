import { join } from 'node:path';
import { ESLint, Linter } from 'eslint';

const root = join(import.meta.dirname, '../../../..');

interface Config {
  rules: Record<string, Linter.RuleEntry>;
}

async function found(code: string): Promise<string[]> {
  const eslint = new ESLint({ cwd: root, overrideConfigFile: 'infra/lint/eslint.config.mjs' });
  const { rules } = (await eslint.calculateConfigForFile(
    'shared/messaging/src/kafka/guarded-consumer.ts',
  )) as Config;
  const rule = 'no-restricted-syntax';
  return new Linter().verify(code, { rules: { [rule]: rules[rule] ?? 'off' } }).map(({ message }) => message);
}

describe('the lint of calls that kill consumers', () => {
  it.each([
    'consumer.commitOffsets(offsets);',
    "consumer['commitOffsets'](offsets);",
    'const { commitOffsets } = consumer; commitOffsets(offsets);',
    'transaction.sendOffsets({ consumerGroupId, topics });',
  ])('forbids %s', async (code) => {
    expect(await found(code)).toEqual([expect.stringContaining('kills the consumer')]);
  });

  it('lets offsets be resolved, and committed when they are due', async () => {
    expect(await found('payload.resolveOffset(offset); payload.commitOffsetsIfNecessary();')).toEqual([]);
  });
});
