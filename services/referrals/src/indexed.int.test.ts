import { silentLogger } from '@throughline/runtime';
import { describeIndexedQueries } from '@throughline/service/testing';
import { referralsConfig } from './config.ts';
import { migrate } from './database.ts';
import { createSchema } from './schema.ts';
import { startReferrals } from './service.ts';

describeIndexedQueries({
  ...{ name: 'referrals', config: referralsConfig, start: startReferrals, migrate },
  schema: createSchema(silentLogger),
});
