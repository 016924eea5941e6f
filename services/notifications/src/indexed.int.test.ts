import { silentLogger } from '@throughline/runtime';
import { describeIndexedQueries } from '@throughline/service/testing';
import { notificationsConfig } from './config.ts';
import { migrate } from './database.ts';
import { createSchema } from './schema.ts';
import { startNotifications } from './service.ts';

describeIndexedQueries({
  ...{ name: 'notifications', config: notificationsConfig, start: startNotifications, migrate },
  schema: createSchema(silentLogger),
});
