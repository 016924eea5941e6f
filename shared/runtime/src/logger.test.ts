import { createLogger } from './logger.ts';

function logged(write: (logger: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = [];
  write(
    createLogger({
      service: 'test',
      level: 'debug',
      destination: { write: (line) => void lines.push(line) },
    }),
  );
  return lines.join('');
}

describe('the logger', () => {
  it('writes allowed fields', () => {
    expect(logged((logger) => logger.info({ requestId: 'r-1', durationMs: 3 }, 'done'))).toContain(
      '"requestId":"r-1"',
    );
  });

  it('drops fields that are not on the list, whatever they hold', () => {
    const text = logged((logger) =>
      logger.info({ name: 'Ada Quill', client: { dateOfBirth: '1980-01-01' } }, 'x'),
    );
    expect(text).not.toMatch(/Quill|1980/);
  });

  it('drops objects hidden under an allowed field', () => {
    expect(logged((logger) => logger.info({ id: { name: 'Ada Quill' } }, 'x'))).not.toContain('Quill');
  });

  it('keeps the class, code and place of an error, never its text', () => {
    const error = Object.assign(new Error('duplicate key (name)=(Ada Quill)'), { code: '23505' });
    const text = logged((logger) => logger.error({ error }, 'x'));
    expect(text).toContain('23505');
    expect(text).not.toContain('Quill');
  });

  it('writes nothing of a field that is not there', () => {
    const text = logged((logger) => logger.warn({ error: undefined, job: undefined }, 'x'));
    expect(text).not.toMatch(/"error"|"job"/);
  });

  it('cleans the fields of a child logger too', () => {
    expect(logged((logger) => logger.child({ phone: '555-0100' }).info({}, 'x'))).not.toContain('555');
  });
});
