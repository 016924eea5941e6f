import type { MigrationInterface, QueryRunner } from 'typeorm';
import { services, type ServiceName } from '../infrastructure.ts';
import { projectionsOf } from '../rebuild-command.ts';

/** A migration that an upgrade without a stop does not bear says why it is right all the same. */
export interface Contracting extends MigrationInterface {
  /** One sentence, for example: no release since 1.4 reads the column. */
  readonly contracts?: string;
}

/** All migrations of a service, in their order, by the name of the class. */
export function migrationsOf(service: ServiceName): Map<string, new () => Contracting> {
  const { migrations } = projectionsOf[service].createDataSource('postgres://localhost/none', 1).options;
  const classes = Object.values(migrations ?? {}) as (new () => Contracting)[];
  return new Map(classes.map((one) => [one.name, one]));
}

/** `service/class` of each. */
export function allMigrations(): string[] {
  return services.flatMap((service) => [...migrationsOf(service).keys()].map((name) => `${service}/${name}`));
}

/** What it would ask a database; where it asks first, the answer is that nothing is there. */
export async function statementsOf(migration: MigrationInterface): Promise<string[]> {
  const statements: string[] = [];
  const recorder = {
    query: (sql: string) => {
      statements.push(sql);
      return Promise.resolve([]);
    },
  };
  await migration.up(recorder as unknown as QueryRunner);
  return statements;
}
