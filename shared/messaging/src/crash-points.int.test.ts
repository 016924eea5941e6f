import { fork, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { describeKafka, eventually, kafkaForTests } from '@throughline/testing';
import { hearerPoints, senderPoints, type CrashPart, type CrashPoint } from './contract/crash-point.ts';
import { messagingDatabase, versionsHeard, type MessagingDatabase } from './contract/test-services.ts';

const PROGRAM = join(import.meta.dirname, 'contract', 'crash-process.ts');
// The group waits for the whole session of the killed member (6 s) before the next member gets anything.
const FINISHES = { timeoutMs: 60_000 };
const TEST_MS = 120_000;

/** State of the databases after a kill at that step; `sent` where a step of the sender decides it. */
const senderLeaves: Record<(typeof senderPoints)[number], { facts: number; sent: number }> = {
  'before-commit': { facts: 0, sent: 0 },
  'before-send': { facts: 2, sent: 0 },
  'before-mark': { facts: 2, sent: 0 },
  'after-mark': { facts: 2, sent: 2 },
};
const hearerLeaves: Record<(typeof hearerPoints)[number], { heard: boolean }> = {
  'before-effect': { heard: false },
  'before-inbox-commit': { heard: false },
  'after-inbox-commit': { heard: true },
  'before-offset-commit': { heard: true },
  'after-offset-commit': { heard: true },
};

describeKafka('a process that is killed between two steps', () => {
  let sender: MessagingDatabase;
  let hearer: MessagingDatabase;
  let kafka: { brokers: string[]; topicPrefix: string };

  beforeAll(async () => {
    [sender, hearer] = await Promise.all([messagingDatabase(), messagingDatabase()]);
    kafka = await kafkaForTests({ topics: [] });
  });

  afterAll(async () => {
    await Promise.all([sender.drop(), hearer.drop()]);
  });

  /** Each point has topics and a group of its own. */
  const partOf = (point: CrashPoint, key: string): CrashPart => ({
    brokers: kafka.brokers,
    topicPrefix: `${kafka.topicPrefix}${point}.`,
    ...{ senderUrl: sender.appUrl, hearerUrl: hearer.appUrl },
    ...{ key, hears: true, versions: [] },
  });

  const facts = async (key: string): Promise<{ facts: number; sent: number }> => {
    const rows: { facts: number; sent: number }[] = await sender.dataSource.query(
      'select count(*)::int as facts, count(sent_at)::int as sent from outbox where key = $1',
      [key],
    );
    return rows[0] ?? { facts: 0, sent: 0 };
  };

  const isFinished = async (part: CrashPart, versions: readonly number[]): Promise<void> => {
    const next = start(part);
    try {
      await eventually(async () => {
        expect(await versionsHeard(hearer, part.key)).toEqual(versions);
        expect(await facts(part.key)).toEqual({ facts: versions.length, sent: versions.length });
      }, FINISHES);
    } finally {
      next.kill('SIGKILL');
      await once(next, 'exit');
    }
  };

  it.each(senderPoints)(
    'sends each fact, and it is handled once and in order: %s',
    async (point) => {
      const part = partOf(point, randomUUID());
      expect(await endOf(start({ ...part, point, hears: false, versions: [1, 2] }))).toBe('SIGKILL');
      expect(await facts(part.key)).toEqual(senderLeaves[point]);
      await isFinished({ ...part, versions: [3] }, point === 'before-commit' ? [3] : [1, 2, 3]);
    },
    TEST_MS,
  );

  it.each(hearerPoints)(
    'handles each fact once and in order: %s',
    async (point) => {
      const part = partOf(point, randomUUID());
      expect(await endOf(start({ ...part, point, versions: [1, 2] }))).toBe('SIGKILL');
      expect((await versionsHeard(hearer, part.key)).length > 0).toBe(hearerLeaves[point].heard);
      await isFinished({ ...part, versions: [3] }, [1, 2, 3]);
    },
    TEST_MS,
  );
});

function start(part: CrashPart): ChildProcess {
  return fork(PROGRAM, [JSON.stringify(part)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
}

async function endOf(child: ChildProcess): Promise<unknown> {
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
  return signal;
}
