import { migrateJobs } from '@throughline/messaging';
import { longWorkTimeouts, pgTimeouts, usualTimeouts, type DatabaseTimeouts } from '@throughline/runtime';
import { DataSource, type EntitySchema, type MigrationInterface } from 'typeorm';

export interface ServiceDatabaseOptions {
  service: string;
  entities: readonly EntitySchema[];
  /** In order; the number at the end of the class name decides. */
  migrations: readonly (new () => MigrationInterface)[];
  /** Whether the service has timers and needs the tables of the job queue. */
  timers: boolean;
}

/** A pool of `poolSize` connections (10 when left out), each with time-outs. */
export type CreateDataSource = (url: string, poolSize?: number, timeouts?: DatabaseTimeouts) => DataSource;

/** What the owner decides about keeping. */
export interface Kept {
  /** Whole months for which the archive of sent facts is kept; null: always. Left out: as it was set before. */
  archiveMonths?: number | null;
}

export interface ServiceDatabase {
  createDataSource: CreateDataSource;
  /** Brings the schema up to date, as the owner. This is a separate step: no service migrates at its start. */
  migrate: (ownerUrl: string, kept?: Kept) => Promise<void>;
}

/** The readiness check asks, as the app role, whether the migrations of its release are applied. */
const LET_APP_SEE = `
do $$
begin
  execute 'grant select on migrations to ' || quote_ident(regexp_replace(current_user, '_owner$', '_app'));
end $$`;

const KEEP_ARCHIVE = `update monthly_table set kept_months = $1 where name = 'outbox_archive'`;

/** Database of one service: its tables and its migrations. */
export function serviceDatabase({
  service,
  entities,
  migrations,
  timers,
}: ServiceDatabaseOptions): ServiceDatabase {
  const createDataSource = (url: string, poolSize = 10, timeouts = usualTimeouts): DataSource =>
    new DataSource({
      type: 'postgres',
      url,
      poolSize,
      extra: pgTimeouts(timeouts),
      applicationName: service,
      entities: [...entities],
      migrations: [...migrations],
      migrationsTransactionMode: 'each',
      synchronize: false,
      logging: false,
    });
  const migrate = async (ownerUrl: string, { archiveMonths }: Kept = {}): Promise<void> => {
    const dataSource = await createDataSource(ownerUrl, 1, longWorkTimeouts).initialize();
    try {
      await dataSource.runMigrations();
      await dataSource.query(LET_APP_SEE);
      if (archiveMonths !== undefined) await dataSource.query(KEEP_ARCHIVE, [archiveMonths]);
    } finally {
      await dataSource.destroy();
    }
    if (timers) await migrateJobs(ownerUrl);
  };
  return { createDataSource, migrate };
}
