import type pg from 'pg';
import { MANY } from './many-rows.ts';

/** A typeorm DataSource, as far as listening to its statements needs it. */
export interface Spoken {
  logger: { logQuery(sql: string, parameters?: unknown[]): unknown };
}

export interface Statement {
  sql: string;
  parameters: unknown[];
}

/** The statements that read rows while `work` runs, each text once. What `work` throws does not matter here. */
export async function statementsDuring(
  dataSource: Spoken,
  work: () => Promise<unknown>,
): Promise<Statement[]> {
  const before = dataSource.logger;
  const statements = new Map<string, Statement>();
  const logQuery = (sql: string, parameters: unknown[] = []): void => {
    if (/^\s*(select|with|update|delete)\b/i.test(sql)) statements.set(sql, { sql, parameters });
  };
  dataSource.logger = Object.assign(Object.create(before) as typeof before, { logQuery });
  try {
    await work();
  } finally {
    dataSource.logger = before;
  }
  return [...statements.values()];
}

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  Plans?: Plan[];
}

/** The tables with many rows that the plan of a statement reads from the first row to the last. */
export async function scannedTables(client: pg.Client, { sql, parameters }: Statement): Promise<string[]> {
  const { rows } = await client.query<{ 'QUERY PLAN': { Plan: Plan }[] }>(
    `explain (format json) ${sql}`,
    parameters,
  );
  const scans = scansIn(rows[0]?.['QUERY PLAN'][0]?.Plan);
  if (scans.length === 0) return [];
  const large = await client.query<{ name: string }>(
    `select relname as name from pg_class where relname = any ($1) and reltuples > ${MANY / 10}`,
    [scans],
  );
  return large.rows.map(({ name }) => name);
}

function scansIn(plan: Plan | undefined): string[] {
  if (!plan) return [];
  const own = plan['Node Type'] === 'Seq Scan' ? [plan['Relation Name'] ?? ''] : [];
  return [...own, ...(plan.Plans ?? []).flatMap(scansIn)];
}
