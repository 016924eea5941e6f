import { testDatabase, type TestDatabase } from '@throughline/testing';
import { release } from './a-service.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase('probes', { migrate: release.migrate });
});
afterAll(() => database.drop());

async function keptMonths(): Promise<number | null | undefined> {
  const db = await release.createDataSource(database.appUrl, 1).initialize();
  const rows: { kept: number | null }[] = await db.query(
    `select kept_months as kept from monthly_table where name = 'outbox_archive'`,
  );
  await db.destroy();
  return rows[0]?.kept;
}

it('the migration step keeps the archive of facts as long as its owner says', async () => {
  expect(await keptMonths()).toBeNull();
  await release.migrate(database.ownerUrl, { archiveMonths: 84 });
  expect(await keptMonths()).toBe(84);
  await release.migrate(database.ownerUrl);
  expect(await keptMonths()).toBe(84);
  await release.migrate(database.ownerUrl, { archiveMonths: null });
  expect(await keptMonths()).toBeNull();
});
