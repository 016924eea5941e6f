import { uuidV7, type Fact } from '@throughline/events';
import { schedule, unschedule } from '@throughline/messaging';
import type { Moment } from '@throughline/privacy';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import type { Driver, DriverSource } from './drivers.ts';
import { RiskChangeEntity, RiskEntity, type RiskChange } from './risk.entity.ts';
import { recompute, tierFacts, type Risk, type RiskTier } from './risk.ts';

export const riskJob = 'treatment.recompute-risk';
export const riskPayload = z.object({ clientId: z.uuid() });

/** The row of a client, locked until the transaction ends. `isNew`: nobody had computed a tier. */
export async function lockRisk(
  tx: EntityManager,
  clientId: string,
  now: Date,
): Promise<{ risk: Risk; isNew: boolean }> {
  const fresh: Risk = {
    ...{ id: uuidV7(now), clientId, tier: 'LOW', computedTier: 'LOW', points: 0, drivers: [] },
    ...{
      override: null,
      overrideDrivers: [],
      proposed: null,
      reviewDueOn: null,
      computedAt: now,
      version: 0,
    },
  };
  await tx.createQueryBuilder().insert().into(RiskEntity).values(fresh).orIgnore().execute();
  const risk = await tx.findOneOrFail(RiskEntity, {
    where: { clientId },
    lock: { mode: 'for_no_key_update' },
  });
  return { risk, isNew: risk.version === 0 };
}

/**
 * Computes the tier of a client from the records of now; answers a fact when it is another one than before. Call it
 * after the records of the transaction are written. Source: infra/reference/domain.md 4.6.
 */
export async function recomputeRisk(
  tx: EntityManager,
  sources: readonly DriverSource[],
  clientId: string,
  at: Moment,
): Promise<Fact[]> {
  const { risk, isNew } = await lockRisk(tx, clientId, at.now);
  const drivers: Driver[] = [];
  for (const find of sources) drivers.push(...(await find(tx, clientId, at)));
  const next = { ...recompute(risk, drivers, at.now), version: risk.version + 1 };
  await scheduleNext(tx, next);
  return writeRisk(tx, next, { before: isNew ? null : risk.tier, setBy: null, now: at.now });
}

/** The tier before, who set the new one (null: the drivers did), and when. */
export interface TierChange {
  before: RiskTier | null;
  setBy: string | null;
  now: Date;
}

/** Writes the row, and a line of history when the tier changed. */
export async function writeRisk(tx: EntityManager, risk: Risk, change: TierChange): Promise<Fact[]> {
  const { id, clientId, ...columns } = risk;
  await tx.update(RiskEntity, { id, clientId }, columns);
  await keepChange(tx, risk, change);
  return tierFacts(change.before, risk, change.now);
}

/** One line of history for a tier that changed. */
export async function keepChange(
  tx: EntityManager,
  { id: riskId, clientId, tier: to, points, drivers }: Risk,
  { before: from, setBy, now: at }: TierChange,
): Promise<void> {
  if (from === to) return;
  const driverCodes = drivers.map(({ code }) => code);
  const line: RiskChange = { id: uuidV7(at), riskId, clientId, from, to, points, driverCodes, setBy, at };
  await tx.insert(RiskChangeEntity, line);
}

/** When the next driver no longer counts, the tier is computed again. */
async function scheduleNext(tx: EntityManager, { clientId, drivers }: Risk): Promise<void> {
  const ends = drivers.flatMap(({ until }) => (until ? [new Date(until).getTime()] : []));
  const jobKey = `risk:${clientId}`;
  if (ends.length === 0) return unschedule(tx, jobKey);
  await schedule(tx, riskJob, { clientId }, { runAt: new Date(Math.min(...ends)), jobKey });
}
