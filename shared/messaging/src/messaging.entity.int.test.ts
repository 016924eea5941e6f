import { DataSource } from 'typeorm';
import { messagingDatabase } from './contract/test-services.ts';
import { messagingEntities } from './messaging.entity.ts';

it('the entities and the migration agree on every column', async () => {
  const database = await messagingDatabase();
  const owner = new DataSource({ type: 'postgres', url: database.ownerUrl, entities: messagingEntities });
  await owner.initialize();
  const { upQueries } = await owner.driver.createSchemaBuilder().log();
  await owner.destroy();
  await database.drop();

  const changes = upQueries.map(({ query }) => query);
  expect(changes.filter((query) => /\bCOLUMN\b|CREATE TABLE|DROP TABLE/i.test(query))).toEqual([]);
});
