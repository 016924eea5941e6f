import { testDatabase, type TestDatabase } from '@throughline/testing';
import type { ServiceDatabase } from '../migrated-database.ts';

/** A statement that the app role of a service may not run, and what it would change. */
export type Forbidden = readonly [what: string, sql: string];

/** The migrations of a service make the tables that its entities name, and its app role changes no history. */
export function describeTables(
  service: string,
  { createDataSource, migrate }: ServiceDatabase,
  forbidden: readonly Forbidden[],
): void {
  describe(`the tables of ${service}`, () => {
    let database: TestDatabase;
    beforeAll(async () => {
      database = await testDatabase(service, { migrate });
    });
    afterAll(() => database.drop());

    it('have every column that the entities name, of the same type', async () => {
      const dataSource = await createDataSource(database.ownerUrl, 1).initialize();
      const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
      await dataSource.destroy();
      const missing = upQueries
        .map(({ query }) => query)
        .filter((query) => /CREATE TABLE|ADD "/i.test(query));
      expect(missing).toEqual([]);
    });

    it.each(forbidden)('do not let the app role change or delete %s: %s', async (_what, sql) => {
      const dataSource = await createDataSource(database.appUrl, 1).initialize();
      await expect(dataSource.query(sql)).rejects.toThrow(
        /permission denied|is never removed|does not change/,
      );
      await dataSource.destroy();
    });
  });
}
