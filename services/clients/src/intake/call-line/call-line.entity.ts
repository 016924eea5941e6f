import { loaderById } from '@throughline/graphql';
import DataLoader from 'dataloader';
import { EntitySchema, IsNull, type EntityManager } from 'typeorm';
import type { CallLine } from './call-line.ts';

export const CallLineEntity = new EntitySchema<CallLine>({
  name: 'CallLine',
  tableName: 'call_line',
  columns: {
    id: { type: 'uuid', primary: true },
    label: { type: 'text' },
    kind: { type: 'text' },
    number: { type: 'text' },
    extension: { type: 'text', nullable: true },
    textNumber: { type: 'text', name: 'text_number', nullable: true },
    chatUrl: { type: 'text', name: 'chat_url', nullable: true },
    timeZone: { type: 'text', name: 'time_zone' },
    hours: { type: 'jsonb' },
    languages: { type: 'text', array: true },
    interprets: { type: 'boolean' },
    states: { type: 'text', array: true },
    rank: { type: 'integer' },
    retiredAt: { type: 'timestamptz', name: 'retired_at', nullable: true },
    version: { type: 'integer' },
  },
});

/** A program has a handful of lines, and one page shows them all. */
const MOST_LINES = 200;

/** Lines that are offered now, by kind and rank. */
export function findLines(db: EntityManager, kinds?: readonly CallLine['kind'][]): Promise<CallLine[]> {
  const query = db
    .createQueryBuilder(CallLineEntity, 'l')
    .where({ retiredAt: IsNull() })
    .orderBy({ 'l.kind': 'ASC', 'l.rank': 'ASC', 'l.id': 'ASC' })
    .limit(MOST_LINES);
  if (kinds) query.andWhere('l.kind = any(:kinds)', { kinds });
  return query.getMany();
}

export function callLineLoaders(db: EntityManager) {
  return {
    callLineById: loaderById(db, CallLineEntity),
    /** Lines for callers in a crisis: one statement for all inquiries of a request. */
    linesInCrisis: new DataLoader<'all', CallLine[]>(async (all) => {
      const lines = await findLines(db, ['EMERGENCY', 'CRISIS']);
      return all.map(() => lines);
    }),
  };
}
