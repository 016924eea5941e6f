import { lockRow } from '@throughline/command';
import { transitionAppointmentMissing } from '@throughline/events';
import { record, schedule, unschedule, type Job } from '@throughline/messaging';
import { addDays, instantAt, today, type Moment } from '@throughline/privacy';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { TransitionEntity } from './transition.entity.ts';
import { isAppointmentMissing, type CareTransition } from './care-transition.ts';

const appointmentJob = 'treatment.transition-appointment';
const payloadOf = z.object({ transitionId: z.uuid() });
const MORNING = '09:00';

/** Each morning of the program, as long as the first appointment is missing. */
export async function awaitAppointment(
  tx: EntityManager,
  transition: CareTransition,
  at: Moment,
): Promise<void> {
  const jobKey = `transition:${transition.id}`;
  if (!isAppointmentMissing(transition, at.timeZone)) return unschedule(tx, jobKey);
  const runAt = instantAt(addDays(today(at), 1), MORNING, at.timeZone);
  await schedule(tx, appointmentJob, { transitionId: transition.id }, { runAt, jobKey });
}

/** Tells each day that a transition has no first appointment within 7 days. Source: infra/reference/domain.md 6.2. */
export function transitionJobs({
  now,
  timeZone,
}: {
  now: () => Date;
  timeZone: string;
}): Record<string, Job> {
  return {
    [appointmentJob]: (payload, { dataSource }) =>
      dataSource.transaction(async (tx) => {
        const { transitionId } = payloadOf.parse(payload);
        const at = { now: now(), timeZone };
        const transition = await lockRow(tx, TransitionEntity, transitionId);
        if (!transition || !isAppointmentMissing(transition, timeZone)) return;
        const { clientId } = transition;
        const cause = { actor: { kind: 'SYSTEM', id: 'treatment' } as const, correlationId: transitionId };
        await record(tx, cause, transitionAppointmentMissing.of(clientId, at.now, { clientId }));
        await awaitAppointment(tx, transition, at);
      }),
  };
}
