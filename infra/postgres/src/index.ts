export { provisionConfig } from './config.ts';
export { startEmbedded, type EmbeddedPostgres } from './embedded.ts';
export { findPostgres } from './find-postgres.ts';
export { askOnce } from './one-client.ts';
export { archiveRest, baseBackup, restoreTo, startArchiving, type PointInTime } from './point-in-time.ts';
export { refuseSecondServer } from './postmaster.ts';
export type { FindPostgresOptions, Postgres } from './postgres.ts';
export {
  at,
  ensureDatabase,
  ensureRoles,
  grantWorker,
  provision,
  restrictDatabase,
  rolesOf,
  urlsOf,
  type Passwords,
  type ServiceUrls,
} from './provision.ts';
