import type { Fact } from '@throughline/events';
import { record, schedule, unschedule, type Job } from '@throughline/messaging';
import type { Moment } from '@throughline/privacy';
import type { DataSource, EntityManager } from 'typeorm';
import { z } from 'zod';
import { keepContacts } from '../aftercare-contact/keep-contacts.ts';
import { keepFirstAppointments } from '../first-appointment/keep-first-appointments.ts';
import { keepObligations } from '../obligation/keep-obligations.ts';
import { readKnown } from '../obligation/known.ts';
import { takeTurn } from '../obligation/take-turn.ts';

const followUpJob = 'treatment.follow-up';
const payloadOf = z.object({ clientId: z.uuid() });
const jobKeyOf = (clientId: string) => `follow-up:${clientId}`;

/**
 * Brings what must follow a discharge, a visit or an episode up to date with the records of now; answers the facts. Call it
 * after the records of the transaction are written. One transaction at a time does it for a client.
 */
export async function followUp(tx: EntityManager, clientId: string, at: Moment): Promise<Fact[]> {
  await takeTurn(tx, clientId);
  const seen = { clientId, ...(await readKnown(tx, clientId)) };
  const kept = [
    await keepObligations(tx, seen, at),
    await keepContacts(tx, seen, at),
    await keepFirstAppointments(tx, clientId, at),
  ];
  const next = kept.flatMap(({ nextAt }) => (nextAt ? [nextAt.getTime()] : []));
  const jobKey = jobKeyOf(clientId);
  if (next.length === 0) await unschedule(tx, jobKey);
  else await schedule(tx, followUpJob, { clientId }, { runAt: new Date(Math.min(...next)), jobKey });
  return kept.flatMap(({ facts }) => facts);
}

interface Clock {
  now: () => Date;
  timeZone: string;
}

/** Reminds of what is due, and says what was missed when its time is over. */
export function followUpJobs({ now, timeZone }: Clock): Record<string, Job> {
  return {
    [followUpJob]: async (payload, { dataSource }) => {
      const { clientId } = payloadOf.parse(payload);
      const actor = { kind: 'SYSTEM', id: 'treatment' } as const;
      await dataSource.transaction(async (tx) => {
        const facts = await followUp(tx, clientId, { now: now(), timeZone });
        await record(tx, { actor, correlationId: jobKeyOf(clientId) }, ...facts);
      });
    },
  };
}

/** Writes the zone down; answers it only when another one stood there. */
const REMEMBER = `
  insert into program_zone as known (id, time_zone) values (true, $1)
  on conflict (id) do update set time_zone = excluded.time_zone where known.time_zone <> excluded.time_zone
  returning (xmax <> 0) as changed`;

const WAITING = `
  select client_id as "clientId" from follow_up_obligation where status = 'OPEN'
  union select client_id from aftercare_contact where status = 'PENDING'`;

/**
 * Days are days of the program: a start in another time zone computes what is open again, each client in a job of its own.
 * Call it at each start. Source: infra/reference/domain.md 5.3.
 */
export async function watchZone({ manager }: DataSource, { now, timeZone }: Clock): Promise<void> {
  await manager.transaction(async (tx) => {
    const [known] = await tx.query<{ changed: boolean }[]>(REMEMBER, [timeZone]);
    if (!known?.changed) return;
    const waiting = await tx.query<{ clientId: string }[]>(WAITING);
    for (const { clientId } of waiting)
      await schedule(tx, followUpJob, { clientId }, { runAt: now(), jobKey: jobKeyOf(clientId) });
  });
}
