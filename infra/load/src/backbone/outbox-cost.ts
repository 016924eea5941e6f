import { randomUUID } from 'node:crypto';
import { record } from '@throughline/messaging';
import type { DataSource, EntityManager } from 'typeorm';
import { perSecond, quantile, type Bench } from '../bench.ts';
import { cause, factOf, openStore } from './ground.ts';
import { ThingEntity } from './thing.entity.ts';

const ROUNDS = 5;
const WRITES = 2_000;
const CLIENTS = 8;
const THINGS = 5_000;

type Write = (tx: EntityManager, id: string) => Promise<unknown>;

/** What a transaction does before it records. */
const shapes = {
  insert: (tx) => tx.query('insert into thing values ($1, 1, now())', [randomUUID()]),
  update: (tx, id) => tx.query('update thing set version = version + 1, at = now() where id = $1', [id]),
  command: async (tx, id) => {
    const thing = await tx.findOne(ThingEntity, { where: { id }, lock: { mode: 'for_no_key_update' } });
    if (!thing) throw new Error('there is no such thing');
    await tx.update(ThingEntity, { id }, { version: thing.version + 1, at: new Date() });
  },
} satisfies Record<string, Write>;

export type Shape = keyof typeof shapes;

export interface Cost {
  with: number;
  without: number;
}

/** Transactions per second with and without `record`, by what else they do. */
export async function outboxCost(bench: Bench): Promise<Record<Shape, Cost>> {
  const { dataSource, close } = await openStore('cost', bench);
  const ids = Array.from({ length: THINGS }, () => randomUUID());
  await dataSource.query('insert into thing select unnest($1::uuid[]), 1, now()', [ids]);
  const costs: Record<Shape, Cost> = {
    insert: await costOf(dataSource, ids, shapes.insert),
    update: await costOf(dataSource, ids, shapes.update),
    command: await costOf(dataSource, ids, shapes.command),
  };
  await close();
  return costs;
}

/** In turns, so that both meet the same machine; the middle of the rounds. */
async function costOf(dataSource: DataSource, ids: readonly string[], write: Write): Promise<Cost> {
  const transaction = (withOutbox: boolean) => (n: number) =>
    dataSource.transaction(async (tx) => {
      const id = ids[n % ids.length] ?? '';
      await write(tx, id);
      if (withOutbox) await record(tx, cause, factOf(id));
    });
  await perSecond(500, CLIENTS, transaction(true));
  const rounds: Cost[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.push({
      without: await perSecond(WRITES, CLIENTS, transaction(false)),
      with: await perSecond(WRITES, CLIENTS, transaction(true)),
    });
  }
  return { with: quantile(rounds.map((r) => r.with)), without: quantile(rounds.map((r) => r.without)) };
}
