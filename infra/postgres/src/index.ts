export { findPostgres, type FindPostgresOptions, type Postgres } from './find-postgres.ts';
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
