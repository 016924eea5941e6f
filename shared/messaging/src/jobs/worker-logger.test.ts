import { createLogger } from '@throughline/runtime';
import type { Logger as WorkerLogger } from 'graphile-worker';
import { workerLogger } from './worker-logger.ts';

function logged(write: (logger: WorkerLogger) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  write(workerLogger(createLogger({ service: 'test', destination })));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('the logger of the worker', () => {
  it('tells a warning about settings in the words of the worker, without an error', () => {
    const [line] = logged((logger) => logger.warn('maxPoolSize is smaller than concurrency', { max: 9 }));
    expect(line).toMatchObject({ msg: 'maxPoolSize is smaller than concurrency' });
    expect(Object.keys(line ?? {})).not.toEqual(expect.arrayContaining(['error']));
  });

  it.each([
    (logger: WorkerLogger) => logger.error('Failed task of Ada Quill'),
    (logger: WorkerLogger) => logger.warn('Ada Quill', { error: new Error('Ada Quill') }),
    (logger: WorkerLogger) => logger.scope({ taskIdentifier: 'remind' }).warn('Ada Quill'),
  ])('keeps the text of a job and of an error out', (write) => {
    const lines = logged(write);
    expect(lines).toHaveLength(1);
    expect(JSON.stringify(lines)).not.toContain('Quill');
  });
});
