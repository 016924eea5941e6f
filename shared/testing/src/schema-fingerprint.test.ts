import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { schemaFingerprint } from './schema-fingerprint.ts';

const migrate = () => undefined;
let repository: string;
beforeEach(async () => {
  repository = await mkdtemp(join(tmpdir(), 'fingerprint-'));
});
afterEach(() => rm(repository, { recursive: true }));

const fingerprint = () => schemaFingerprint('sample', migrate, repository);
async function write(file: string): Promise<void> {
  const path = join(repository, file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, 'a table');
}

describe('the fingerprint of a schema', () => {
  it.each([
    'services/sample/src/database.ts',
    'services/sample/src/migrations/0001-create-note.ts',
    'shared/care/src/migrations/0001-create-care-team.ts',
    'shared/messaging/src/migrations/0000-create-messaging.ts',
  ])('changes with %s', async (file) => {
    const before = await fingerprint();
    await write(file);
    expect(await fingerprint()).not.toBe(before);
  });

  it.each(['services/other/src/migrations/0001-create-note.ts', 'shared/care/src/care.ts'])(
    'does not change with %s',
    async (file) => {
      const before = await fingerprint();
      await write(file);
      expect(await fingerprint()).toBe(before);
    },
  );
});
