/** A typeorm DataSource, as far as counting needs it. */
export interface Counted {
  logger: { logQuery(sql: string): unknown };
}

/** Statements of messaging on its own tables run during every request and do not count. */
const messaging =
  /\b(outbox\w*|inbox\w*|parked_message\w*|scheduler_heartbeat|command_receipt|graphile_worker)\b/;

/** The statements that read a service's own tables while `work` runs, in order. */
export async function statementsOf(dataSource: Counted, work: () => Promise<unknown>): Promise<string[]> {
  const before = dataSource.logger;
  const statements: string[] = [];
  const logQuery = (sql: string): void => {
    if (/^\s*(select|with)\b/i.test(sql) && !messaging.test(sql)) statements.push(sql);
  };
  dataSource.logger = Object.assign(Object.create(before) as typeof before, { logQuery });
  try {
    await work();
  } finally {
    dataSource.logger = before;
  }
  return statements;
}
