import { silentLogger } from '@throughline/runtime';
import { describeIndexedQueries } from '@throughline/service/testing';
import { treatmentConfig } from './config.ts';
import { migrate } from './database.ts';
import { createSchema } from './schema.ts';
import { startTreatment } from './service.ts';

describeIndexedQueries({
  ...{ name: 'treatment', config: treatmentConfig, start: startTreatment, migrate },
  schema: createSchema(silentLogger),
  allowed: {
    '"loaded_instrument"':
      'An installation loads a handful of definitions, and the list of tools shows all of them.',
    '"instrument_wording"': 'The same for their wording.',
  },
});
