export { referralsConfig, type ReferralsConfig } from './config.ts';
export { createDataSource, migrate } from './database.ts';
export { projections } from './projections.ts';
export { startReferrals } from './service.ts';
