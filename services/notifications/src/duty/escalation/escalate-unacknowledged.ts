import { record, type Job } from '@throughline/messaging';
import { In, type EntityManager } from 'typeorm';
import { peopleIn } from '../../catalogue/catalogue/addressees.ts';
import { NotificationEntity } from '../../inbox/notification/notification.entity.ts';
import { addedFact } from '../../inbox/notification/notification.ts';
import { causeOf, tell, type Desk } from '../telling/notify.ts';
import { findDirectory } from '../rota/find-directory.ts';
import { EscalationEntity } from './escalation.entity.ts';
import { escalate, escalatedFact, type Escalation } from './escalation.ts';
import { escalationJob, escalationPayload, scheduleEscalation } from './schedule-escalation.ts';

/** The only job of this service: it tells the next people in the chain. */
export function escalationJobs(desk: Desk): Record<string, Job> {
  return {
    [escalationJob]: async (payload, { dataSource }) => {
      const { escalationId, step } = escalationPayload.parse(payload);
      await dataSource.transaction((tx) => escalateUnacknowledged(tx, desk, escalationId, step));
    },
  };
}

/** The row lock decides between this job and an acknowledgement at the same moment; the second does nothing. */
async function escalateUnacknowledged(
  tx: EntityManager,
  desk: Desk,
  escalationId: string,
  step: number,
): Promise<void> {
  const open = await tx.findOne(EscalationEntity, {
    where: { id: escalationId },
    lock: { mode: 'for_no_key_update' },
  });
  if (!open) return;

  const directory = await findDirectory(tx, peopleIn(open.named), desk.now());
  const next = escalate(open, step, directory, desk.now());
  if (!next) return;

  const { told, nextAt } = next.escalation;
  await tx.update(EscalationEntity, { id: escalationId }, { step, told, nextAt });
  const facts = await tellNext(tx, desk, directory, next);
  await record(tx, causeOf(open.correlationId, open.factId), ...facts);
  await scheduleEscalation(tx, next.escalation);
}

async function tellNext(
  tx: EntityManager,
  desk: Desk,
  directory: Parameters<typeof tell>[2],
  { escalation, recipients }: { escalation: Escalation; recipients: string[] },
) {
  const { id: escalationId, told, step, nextAt: dueAt, code, subjectId, clientId, factId } = escalation;
  const about = { code, subjectId, clientId, factId, dueAt };
  const added = await tell(tx, desk, directory, { about, recipients, step, escalationId });
  const first = await tx.findOneByOrFail(NotificationEntity, {
    ...{ escalationId, step: 0, recipientId: In(told.slice(0, 1)) },
  });
  return added.flatMap((notification) => [addedFact(notification), escalatedFact(first, notification)]);
}
