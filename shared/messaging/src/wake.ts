import type { DataSource, QueryRunner } from 'typeorm';

const RECORDED = 'throughlineFactsRecorded';
const listeners = new WeakMap<DataSource, Set<() => void>>();

/** Notes on the transaction that it has recorded facts. */
export function wakeAfterCommit(queryRunner: QueryRunner): void {
  queryRunner.data[RECORDED] = true;
}

/**
 * Calls `listener` after each commit that recorded facts; returns a function that stops it. TypeORM has no hook
 * on the manager, but its subscribers are called for every commit of the data source. A released savepoint also
 * counts as one, so this is checked.
 */
export function onFactsCommitted(dataSource: DataSource, listener: () => void): () => void {
  const known = listeners.get(dataSource) ?? subscribe(dataSource);
  known.add(listener);
  return () => known.delete(listener);
}

function subscribe(dataSource: DataSource): Set<() => void> {
  const known = new Set<() => void>();
  listeners.set(dataSource, known);
  dataSource.subscribers.push({
    afterTransactionCommit: ({ queryRunner }) => {
      if (queryRunner.isTransactionActive || !queryRunner.data[RECORDED]) return;
      queryRunner.data[RECORDED] = false;
      for (const listener of known) listener();
    },
  });
  return known;
}
