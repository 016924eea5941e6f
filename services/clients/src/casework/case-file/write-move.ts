import { isProblem, type Problem } from '@throughline/graphql/problems';
import { schedule, unschedule } from '@throughline/messaging';
import type { Moment } from '@throughline/privacy';
import type { EntityManager } from 'typeorm';
import type { ClientStatus } from '../../people/client/client.ts';
import { PhaseEntryEntity } from './case-file.entity.ts';
import { isOpen, type CaseFile } from './case-file.ts';
import { reviewDueAt, type Moved } from './moves.ts';

export const reviewJob = 'case.review';

/** What a rule of a command answers to a move, or the refusal. */
export function writing<Refused extends Problem>(moved: Moved | Refused, context: Pick<Moment, 'timeZone'>) {
  return isProblem(moved) ? moved : writingMove(moved, context);
}

/** A move with what it writes elsewhere: the entry into a phase, the timer of a review, the status of the client. */
export function writingMove({ entered, ...change }: Moved, { timeZone }: Pick<Moment, 'timeZone'>) {
  const also = async (tx: EntityManager): Promise<void> => {
    if (entered) await tx.insert(PhaseEntryEntity, entered);
    await awaitReview(tx, change.update, timeZone);
    if (!isOpen(change.update)) await setClientStatus(tx, change.update.clientId, 'CLOSED');
  };
  return { ...change, also };
}

/** Sets the timer for the day of review; takes it back when there is none. */
export async function awaitReview(tx: EntityManager, caseFile: CaseFile, timeZone: string): Promise<void> {
  const { id: caseId, reviewOn } = caseFile;
  const jobKey = `${reviewJob}:${caseId}`;
  const runAt = reviewDueAt(caseFile, timeZone);
  if (!runAt) return unschedule(tx, jobKey);
  await schedule(tx, reviewJob, { caseId, reviewOn }, { runAt, jobKey });
}

/** Whether the person has an open case, for those who look at the client. Who has died stays so. */
export async function setClientStatus(tx: EntityManager, id: string, status: ClientStatus): Promise<void> {
  await tx.query(
    `update client set status = $2, version = version + 1 where id = $1 and status not in ($2, 'DECEASED')`,
    [id, status],
  );
}
