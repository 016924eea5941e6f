import { silentLogger } from '@throughline/runtime';
import { describeIndexedQueries } from '@throughline/service/testing';
import { treatmentConfig } from './config.ts';
import { migrate } from './database.ts';
import { createSchema } from './schema.ts';
import { startTreatment } from './service.ts';

describeIndexedQueries({
  ...{ name: 'treatment', config: treatmentConfig, start: startTreatment, migrate },
  schema: createSchema(silentLogger),
});
