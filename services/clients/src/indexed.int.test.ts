import { silentLogger } from '@throughline/runtime';
import { describeIndexedQueries } from '@throughline/service/testing';
import { clientsConfig } from './config.ts';
import { migrate } from './database.ts';
import { createSchema } from './schema.ts';
import { startClients } from './service.ts';

describeIndexedQueries({
  ...{ name: 'clients', config: clientsConfig, start: startClients, migrate },
  schema: createSchema(silentLogger),
});
