import type { Fact } from '@throughline/events';
import type { Moment } from '@throughline/privacy';
import { In, type EntityManager } from 'typeorm';
import { StayEntity } from '../../episode/stay/stay.entity.ts';
import type { Stay } from '../../episode/stay/stay.ts';
import { AftercarePlanEntity } from './aftercare-plan.entity.ts';
import { clonePlan } from './aftercare-plan.ts';

/** The plan of the former stay becomes a draft of the episode of the new one. A draft that is there already stays. */
export async function cloneAfterReadmission(tx: EntityManager, stay: Stay, at: Moment): Promise<Fact[]> {
  const former = stay.readmissionOfId && (await tx.findOneBy(StayEntity, { id: stay.readmissionOfId }));
  if (!former) return [];
  const { episodeId } = stay;
  const drafts = In(['DRAFT', 'CLIENT_REVIEWED']);
  if (await tx.existsBy(AftercarePlanEntity, { episodeId, status: drafts })) return [];
  const plan = await tx.findOneBy(AftercarePlanEntity, { episodeId: former.episodeId, status: 'ACTIVE' });
  if (!plan) return [];
  const { insert, facts } = clonePlan(plan, stay, at);
  await tx.insert(AftercarePlanEntity, insert);
  return facts;
}
