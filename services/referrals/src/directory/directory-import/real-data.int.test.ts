import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { testDatabase, type TestDatabase } from '@throughline/testing';
import type { DataSource } from 'typeorm';
import { createDataSource, migrate } from '../../database.ts';
import { applyImport, planImport, type ImportRequest } from './directory-import.commands.ts';
import { sumOf } from './directory-import.ts';

const data = resolve(import.meta.dirname, '../../../../../../shared/data');
const cases = ['cronly', 'days', 'dups', 'formats', 'hsds31', 'quotes', 'tz'].map(
  (name) => `hsds-cases/${name}`,
);
const packages = ['hsds-miami-211', 'hsds-3-examples/csv', 'hsds-3-examples', ...cases];

let database: TestDatabase;
let db: DataSource;
beforeAll(async () => {
  database = await testDatabase('referrals', { migrate });
  db = await createDataSource(database.appUrl).initialize();
});
afterAll(async () => {
  await db.destroy();
  await database.drop();
});

/** Real directories are not part of the repository; a folder of them is tried when it exists. */
describe('a real service directory', () => {
  for (const name of packages) {
    const folder = join(data, name);
    if (!existsSync(folder)) {
      process.stdout.write(`not run, because the folder is absent: real directory ${name}\n`);
      it.skip(`is imported: ${name}`, () => undefined);
      continue;
    }
    it(`is imported, and a second time changes nothing: ${name}`, async () => {
      const request: ImportRequest = { db, by: 'test', now: () => new Date() };
      const target = { folder, source: `real ${name}` };
      const first = await applyImport(request, (await planImport(request, target)).id);
      const sum = sumOf(first.report!.files);
      expect(sum.created).toBeGreaterThan(0);
      expect(sum.created + sum.skipped + sum.refused).toBe(sum.rows);

      const second = await applyImport(request, (await planImport(request, target)).id);
      expect(sumOf(second.report!.files)).toMatchObject({ created: 0, updated: 0, unchanged: sum.created });
      expect(second.report).toMatchObject({ removed: 0, derived: 0 });
    });
  }
});
