/** A typeorm DataSource, as far as counting needs it. */
export interface Counted {
  logger: { logQuery(sql: string): unknown };
}

/** Statements of messaging on its own tables, and the look whether the pool answers, run at any time and do not count. */
const unasked =
  /^select 1$|\b(outbox\w*|inbox\w*|parked_message\w*|scheduler_heartbeat|command_receipt|graphile_worker)\b/;

/** Whether a statement reads a service's own tables because somebody asked. One that begins with a comment is a reaction's. */
export function isRead(sql: string): boolean {
  return /^\s*(select|with)\b/i.test(sql) && !unasked.test(sql);
}

/** The statements that read a service's own tables while `work` runs, in order. */
export async function statementsOf(dataSource: Counted, work: () => Promise<unknown>): Promise<string[]> {
  const before = dataSource.logger;
  const statements: string[] = [];
  const logQuery = (sql: string): void => {
    if (isRead(sql)) statements.push(sql);
  };
  dataSource.logger = Object.assign(Object.create(before) as typeof before, { logQuery });
  try {
    await work();
  } finally {
    dataSource.logger = before;
  }
  return statements;
}
