import { EntitySchema, IsNull, LessThanOrEqual, MoreThan, type EntityManager } from 'typeorm';
import { OnCallEntity } from '../on-call/on-call.entity.ts';
import type { OnCallPlan } from './on-call-now.ts';
import { MOST_ROTAS, type OnCallRota } from './rota.ts';

export const OnCallRotaEntity = new EntitySchema<OnCallRota>({
  name: 'OnCallRota',
  tableName: 'on_call_rota',
  columns: {
    id: { type: 'uuid', primary: true },
    name: { type: 'text' },
    startsOn: { type: 'date', name: 'starts_on' },
    handOverAt: { type: 'text', name: 'hand_over_at' },
    turnDays: { type: 'integer', name: 'turn_days' },
    staffIds: { type: 'uuid', array: true, name: 'staff_ids' },
    timeZone: { type: 'text', name: 'time_zone' },
    endedAt: { type: 'timestamptz', name: 'ended_at', nullable: true },
    plannedBy: { type: 'uuid', name: 'planned_by' },
    version: { type: 'integer' },
  },
});

/** Most planned times that count at once: more are read by nobody. */
const MOST_PLANNED = 200;

/** Rotas that have not ended, the oldest first. */
export function openRotas(db: EntityManager): Promise<OnCallRota[]> {
  return db.find(OnCallRotaEntity, { where: { endedAt: IsNull() }, order: { id: 'ASC' }, take: MOST_ROTAS });
}

/** What is planned between two moments. */
export async function findPlan(db: EntityManager, from: Date, until: Date): Promise<OnCallPlan> {
  const planned = await db.find(OnCallEntity, {
    where: { until: MoreThan(from), from: LessThanOrEqual(until) },
    order: { until: 'ASC' },
    take: MOST_PLANNED,
  });
  return { planned, rotas: await openRotas(db) };
}

/** Everybody whom a plan names. */
export function peopleOf({ planned, rotas }: OnCallPlan): string[] {
  return [...planned.map(({ staffId }) => staffId), ...rotas.flatMap(({ staffIds }) => staffIds)];
}
