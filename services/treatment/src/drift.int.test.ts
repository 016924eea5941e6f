import { testDatabase, type TestDatabase } from '@throughline/testing';
import { createDataSource, migrate } from './database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase('treatment', { migrate });
});
afterAll(() => database.drop());

describe('the tables of the treatment service', () => {
  it('have every column that the entities name, of the same type', async () => {
    const dataSource = await createDataSource(database.ownerUrl, 1).initialize();
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    await dataSource.destroy();
    const changes = upQueries.map(({ query }) => query);
    expect(changes.filter((query) => /CREATE TABLE|(ADD|ALTER COLUMN|DROP COLUMN) "/i.test(query))).toEqual(
      [],
    );
  });

  it.each([
    ['a signed screening', `update screening set total = 0`],
    ['a signed screening', `delete from screening`],
    ['an observation', `update goal_progress set value = 0`],
    ['an entry of a timeline', `delete from timeline_entry`],
    ['an episode', `delete from episode`],
  ])('do not let the app role change or delete %s: %s', async (_what, sql) => {
    const dataSource = await createDataSource(database.appUrl, 1).initialize();
    await expect(dataSource.query(sql)).rejects.toThrow('permission denied');
    await dataSource.destroy();
  });
});
