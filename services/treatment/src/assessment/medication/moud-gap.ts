import { careCopy, type Care } from '@throughline/care';
import { lockRow } from '@throughline/command';
import { schedule, unschedule, type Job } from '@throughline/messaging';
import { addDays, startOfDay, today, type Moment } from '@throughline/privacy';
import { IsNull, MoreThanOrEqual, Not, type EntityManager } from 'typeorm';
import { z } from 'zod';
import { addSteps } from '../next-step/next-step.entity.ts';
import { proposeSteps } from '../next-step/next-step.ts';
import { MedicationEntity } from './medication.entity.ts';
import type { Medication } from './medication.ts';

const gapJob = 'treatment.moud-gap';
const payloadShape = z.object({ id: z.uuid(), suppliedUntil: z.string() });

/** Sets the timer for the end of the first day without supply, or takes it back. */
export async function awaitGap(
  tx: EntityManager,
  { id, moud, endedOn, suppliedUntil }: Medication,
  timeZone: string,
): Promise<void> {
  const jobKey = `${gapJob}:${id}`;
  if (!moud || endedOn || !suppliedUntil) return unschedule(tx, jobKey);
  const runAt = startOfDay(addDays(suppliedUntil, 2), timeZone);
  await schedule(tx, gapJob, { id, suppliedUntil }, { runAt, jobKey });
}

/**
 * A client without medication for opioid use disorder for a day is offered naloxone: tolerance falls fast. Nothing
 * follows when another medication covers the day, or when the case is closed: nobody would do it, and the person may have
 * died. Source: infra/reference/domain.md 4.3.
 */
async function tellGap(tx: EntityManager, medication: Medication, at: Moment): Promise<void> {
  const { id: sourceId, clientId } = medication;
  const covers = {
    clientId,
    moud: Not(IsNull()),
    endedOn: IsNull(),
    suppliedUntil: MoreThanOrEqual(today(at)),
  };
  if (await tx.existsBy(MedicationEntity, covers)) return;
  const { select, clientId: column } = careCopy;
  const [care = null] = await tx.query<Care[]>(`${select} where ${column} = $1`, [clientId]);
  if (!care?.caseOpen) return;
  const people = { authorId: null, byClinician: false, care };
  const offer = { what: 'NALOXONE_OFFER', why: 'MOUD_GAP', owner: 'CASE_MANAGER' } as const;
  const cause = { clientId, sourceType: 'Medication', sourceId, ...people } as const;
  await addSteps(tx, proposeSteps([{ ...offer, within: { businessDays: 1 } }], cause, at));
}

/** Timers of medications. */
export const medicationJobs = (clock: { now: () => Date; timeZone: string }): Record<string, Job> => ({
  [gapJob]: (payload, { dataSource }) =>
    dataSource.transaction(async (tx) => {
      const { id, suppliedUntil } = payloadShape.parse(payload);
      const at = { now: clock.now(), timeZone: clock.timeZone };
      const medication = await lockRow(tx, MedicationEntity, id);
      if (!medication || medication.endedOn || medication.suppliedUntil !== suppliedUntil) return;
      // The clock of the database is ahead of ours. A job that fails is run again a little later.
      if (today(at) < addDays(suppliedUntil, 2)) throw new Error('The day without supply is not over yet');
      await tellGap(tx, medication, at);
    }),
});
