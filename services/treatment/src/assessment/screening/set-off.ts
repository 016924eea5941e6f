import type { Care } from '@throughline/care';
import type { Fact } from '@throughline/events';
import { hasRole } from '@throughline/graphql';
import type { Moment } from '@throughline/privacy';
import type { EntityManager } from 'typeorm';
import type { Context } from '../../context.ts';
import { followUpsOf, stepsDoneBy, type FollowUp } from '../next-step/follow-up.ts';
import { addSteps, closeSteps } from '../next-step/next-step.entity.ts';
import { proposeSteps, type Cause } from '../next-step/next-step.ts';
import { recomputeRisk } from '../risk/recompute-risk.ts';
import { answersItsQuestion } from './find-screenings.ts';
import type { Screening } from './screening.ts';

/** A screening that was just recorded, and what it corrects. */
export interface Recorded {
  screening: Screening;
  corrected: Screening | null;
  care: Care;
  at: Moment;
}

/**
 * What a result sets off, in its own transaction: steps, a crisis, the tier. Open steps of a corrected screening are
 * taken back. Source: infra/reference/domain.md 4.3, 4.6.
 */
export async function setOff(
  tx: EntityManager,
  { viewer, consequences }: Pick<Context, 'viewer' | 'consequences'>,
  { screening, corrected, care, at }: Recorded,
): Promise<Fact[]> {
  const { clientId } = screening;
  const followUps = followUpsOf(screening);
  const cause: Cause = {
    ...{ clientId, sourceType: 'Screening', sourceId: screening.id, care },
    ...{ authorId: viewer.id, byClinician: hasRole(viewer, 'CLINICIAN') },
  };
  await closeOpen(tx, { screening, corrected, by: viewer.id, at });
  const proposals = followUps.flatMap(({ why, steps }) => steps.map((step) => ({ ...step, why })));
  await addSteps(tx, proposeSteps(proposals, cause, at));

  const crises: Fact[] = [];
  for (const crisis of crisesOf(followUps)) {
    const opening = { ...crisis, clientId, screeningId: screening.id, openedBy: viewer.id, note: null };
    crises.push(...(await consequences.openCrisis(tx, opening, care, at)).facts);
  }
  return [...crises, ...(await recomputeRisk(tx, consequences.driverSources, clientId, at))];
}

function crisesOf(followUps: readonly FollowUp[]) {
  return followUps.flatMap(({ crisis }) => crisis ?? []);
}

async function closeOpen(
  tx: EntityManager,
  { screening, corrected, by, at: { now } }: Omit<Recorded, 'care'> & { by: string },
): Promise<void> {
  const { clientId, instrument, administeredOn } = screening;
  const closing = { clientId, by, now };
  if (corrected) {
    const source = { type: 'Screening', id: corrected.id } as const;
    await closeSteps(tx, { ...closing, source, status: 'NOT_NEEDED' });
  }
  const what = stepsDoneBy(instrument);
  if (what.length > 0 && answersItsQuestion(screening))
    await closeSteps(tx, { ...closing, what, answeredOn: administeredOn, status: 'DONE' });
}
