export { referralsConfig, type ReferralsConfig } from './config.ts';
export { createDataSource, migrate } from './database.ts';
export { startReferrals, type ReferralsOptions, type RunningReferrals } from './service.ts';
