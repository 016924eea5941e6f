import type { Logger } from '@throughline/runtime';
import type { DataSource } from 'typeorm';
import { Rounds } from '../rounds.ts';

const EVERY_MS = 60 * 60 * 1000;

interface Kept {
  added: string[];
  dropped: string[];
}

/**
 * Now and then once an hour: has the partitions of this month and the next three made, and those dropped that the owner of
 * the database no longer keeps. The database decides which. No job of the queue does this, because a service without
 * timers has tables that grow, too. After a fault the next hour is early enough.
 */
export function startKeepingMonths(dataSource: DataSource, logger: Logger): Rounds {
  const round = async (): Promise<void> => {
    try {
      const rows: Kept[] = await dataSource.query('select added, dropped from keep_months()');
      const { added = [], dropped = [] } = rows[0] ?? {};
      for (const id of added) logger.info({ id }, 'a month of a table was added');
      for (const id of dropped) logger.info({ id }, 'a month of a table is no longer kept and was dropped');
    } catch (error) {
      logger.warn({ error }, 'the months of tables that only grow could not be looked after');
    }
  };
  const rounds = new Rounds(round, { name: 'months', pollMs: EVERY_MS, logger });
  rounds.start();
  return rounds;
}
