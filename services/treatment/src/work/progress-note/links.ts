import { awaitCopy } from '@throughline/graphql';
import { notFound, type NotFound } from '@throughline/graphql/problems';
import { labelsOfNeed, type DataLabel, type NeedCategory } from '@throughline/privacy';
import { In, type EntityManager } from 'typeorm';
import type { Consequences } from '../../consequences.ts';
import type { Context } from '../../context.ts';
import { GoalEntity } from '../../planning/goal/goal.entity.ts';
import { NeedEntity, needArrives } from '../../planning/need/need.entity.ts';

/** What a note is tied to. */
export interface Links {
  clientId: string;
  goalIds: readonly string[];
  needId: string | null;
  contactId: string | null;
  stayId: string | null;
}

/** Waits for copies of what was recorded a moment ago; call it before the transaction. */
export async function linksArrive(
  context: Context,
  { needId, contactId }: { needId?: string | null | undefined; contactId?: string | null | undefined },
): Promise<void> {
  if (needId) await needArrives(context, needId);
  if (!contactId) return;
  const { db, consequences, now } = context;
  await awaitCopy(contactId, now(), async () =>
    (await consequences.clientOf.ContactEntry(db.manager, contactId)) === null ? undefined : true,
  );
}

/** NotFound for the first link that is none of the client; null when all are. */
export async function foreignLink(
  tx: EntityManager,
  { clientOf }: Consequences,
  { clientId, goalIds, needId, contactId, stayId }: Links,
): Promise<NotFound | null> {
  const goals = goalIds.length > 0 ? await tx.countBy(GoalEntity, { id: In([...goalIds]), clientId }) : 0;
  if (goals < goalIds.length) return notFound('Goal');
  if (needId && !(await tx.existsBy(NeedEntity, { id: needId, clientId }))) return notFound('Need');
  if (stayId && (await clientOf.Stay(tx, stayId)) !== clientId) return notFound('Stay');
  if (contactId && (await clientOf.ContactEntry(tx, contactId)) !== clientId) return notFound('ContactEntry');
  return null;
}

/**
 * Labels that the records behind a note give it: its need, the needs of its goals, open episodes and that of its stay. Source:
 * infra/reference/domain.md 3.6.
 */
export async function impliedLabels(
  tx: EntityManager,
  { labelsOfCare }: Consequences,
  { clientId, goalIds, needId, stayId }: Links,
): Promise<DataLabel[]> {
  const goals = goalIds.length > 0 ? await tx.findBy(GoalEntity, { id: In([...goalIds]) }) : [];
  const ids = [needId, ...goals.map((goal) => goal.needId)].filter((id) => id !== null);
  const needs = ids.length > 0 ? await tx.findBy(NeedEntity, { id: In(ids) }) : [];
  // A category that this version does not know counts as one of substance use.
  const ofNeeds = needs.flatMap(({ category }) => [...labelsOfNeed(category as NeedCategory)]);
  return [...ofNeeds, ...(await labelsOfCare(tx, clientId, stayId))];
}
