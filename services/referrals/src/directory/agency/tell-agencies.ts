import { tellEveryRow } from '@throughline/command';
import { ownCause } from '@throughline/events';
import { record, type Job } from '@throughline/messaging';
import { In, type EntityManager } from 'typeorm';
import { AgencyEntity } from './agency.entity.ts';
import { agencyFact } from './agency.ts';

/** The job that tells of every agency, page by page. */
export const TELL_AGENCIES = 'agency.tell';

/** Facts of one statement. */
const page = 500;

/**
 * Records agencies as they are now, so that other services know them. Told again, nothing changes there. Call it once
 * per transaction.
 */
export async function tellAgencies(tx: EntityManager, ids: readonly string[], now: Date): Promise<void> {
  const cause = ownCause('referrals', now);
  for (let from = 0; from < ids.length; from += page) {
    const where = { id: In(ids.slice(from, from + page)) };
    const lock = { mode: 'pessimistic_read' } as const;
    const agencies = await tx.find(AgencyEntity, { where, lock, order: { id: 'ASC' } });
    await record(tx, cause, ...agencies.map((agency) => agencyFact(agency, now)));
  }
}

/** Tells of the agencies that were there before their facts were. */
export const tellAllAgencies = (now: () => Date): Job =>
  tellEveryRow(TELL_AGENCIES, {
    ...{ service: 'referrals', entity: AgencyEntity, now },
    factsOf: (agency, { now: at }) => [agencyFact(agency, at)],
  });
