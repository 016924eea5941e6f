import { isRead } from '@throughline/testing';
import pg from 'pg';

type Query = (...args: unknown[]) => unknown;

/** The statements by which all services of a story system read their own tables while `work` runs. */
export async function statementsOfSystem(work: () => Promise<unknown>): Promise<string[]> {
  const client = pg.Client.prototype as unknown as { query: Query };
  const { query } = client;
  const statements: string[] = [];
  client.query = function counted(this: unknown, ...args: unknown[]) {
    const [first] = args;
    const sql = typeof first === 'string' ? first : (first as { text?: string } | undefined)?.text;
    if (sql && isRead(sql)) statements.push(sql);
    return query.apply(this, args);
  };
  try {
    await work();
  } finally {
    client.query = query;
  }
  return statements;
}
