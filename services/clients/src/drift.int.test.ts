import { testDatabase, type TestDatabase } from '@throughline/testing';
import { createDataSource, migrate } from './database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase('clients', { migrate });
});
afterAll(() => database.drop());

describe('the tables of the clients service', () => {
  it('have every column that the entities name', async () => {
    const dataSource = await createDataSource(database.ownerUrl, 1).initialize();
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    await dataSource.destroy();

    const columns = upQueries
      .map(({ query }) => query)
      .filter((query) => /(ADD|ALTER|DROP) "|ADD COLUMN/i.test(query));
    expect(columns.filter((query) => !/DROP CONSTRAINT|ADD CONSTRAINT|CREATE INDEX/i.test(query))).toEqual(
      [],
    );
  });
});
