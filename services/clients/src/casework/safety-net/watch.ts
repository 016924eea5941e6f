import { caseGaps, type Fact, ownCause } from '@throughline/events';
import { record, schedule, type Job } from '@throughline/messaging';
import { addDays, instantAt, today, type Moment } from '@throughline/privacy';
import type { DataSource, EntityManager } from 'typeorm';
import { canLeadCases } from '../../workforce/case-manager/case-manager.ts';
import { StaffMemberEntity } from '../../workforce/case-manager/case-manager.entity.ts';
import { CaseFileEntity } from '../case-file/case-file.entity.ts';
import type { CaseFile } from '../case-file/case-file.ts';
import { boundsAt, risksOf, type Bounds, type CaseRisk } from './safety-net.ts';

export const queueJob = 'case.queue';
export const netJob = 'case.safety-net';

export interface Clock {
  now: () => Date;
  timeZone: string;
}

const minute = 60 * 1000;
const queueEveryMs = 10 * minute;
/** The day of the program begins with the list of gaps. */
const MORNING = '07:00';
/** One transaction records so many facts at most. */
const atOnce = 200;

/** Both jobs schedule themselves; a start sets them again. */
export async function startWatching({ manager }: DataSource, clock: Clock): Promise<void> {
  const at = { now: clock.now(), timeZone: clock.timeZone };
  const inTenMinutes = new Date(at.now.getTime() + queueEveryMs);
  await schedule(manager, queueJob, {}, { jobKey: queueJob, runAt: inTenMinutes });
  await schedule(manager, netJob, {}, { jobKey: netJob, runAt: nextMorning(at) });
}

/** Every ten minutes: tells of each case that has passed a limit of the queue, once for each limit. */
export function watchQueue(clock: Clock): Job {
  return async (_payload, { dataSource }) => {
    const at = { now: clock.now(), timeZone: clock.timeZone };
    while ((await dataSource.transaction((tx) => tellQueue(tx, at))) === atOnce);
    const runAt = new Date(at.now.getTime() + queueEveryMs);
    await schedule(dataSource.manager, queueJob, {}, { jobKey: queueJob, runAt });
  };
}

const QUEUE = `
  with late as (
    select id, case when queued_since <= $2 then 2 else 1 end as step from case_file
    where queued_since is not null
      and ((queued_since <= $1 and queue_told < 1) or (queued_since <= $2 and queue_told < 2))
    order by queued_since, id limit $3 for no key update skip locked)
  update case_file f set queue_told = late.step from late where f.id = late.id
  returning f.id, f.client_id as "clientId", late.step`;

async function tellQueue(tx: EntityManager, at: Moment): Promise<number> {
  const { fourHoursAgo, businessDayAgo } = boundsAt(at);
  const params = [fourHoursAgo, businessDayAgo, atOnce];
  const [late]: [{ id: string; clientId: string; step: 1 | 2 }[], number] = await tx.query(QUEUE, params);
  const facts = late.map(({ id: caseId, clientId, step }) => {
    const gap = step === 2 ? caseGaps.unassignedBusinessDay : caseGaps.unassignedFourHours;
    return gap.of(clientId, at.now, { clientId, caseId });
  });
  await tellAll(tx, facts, at.now);
  return late.length;
}

/** Each morning of the program: tells of every open case with a gap. */
export function watchGaps(clock: Clock): Job {
  return async (_payload, { dataSource }) => {
    const at = { now: clock.now(), timeZone: clock.timeZone };
    let after: string | null = null;
    do after = await dataSource.transaction((tx) => tellGaps(tx, after, at));
    while (after !== null);
    await schedule(dataSource.manager, netJob, {}, { jobKey: netJob, runAt: nextMorning(at) });
  };
}

const OPEN = `
  select f.id, a.case_manager_id as "ownerId"
  from case_file f left join assignment a on a.case_id = f.id and a.role = 'PRIMARY' and a.ended_at is null
  where f.status not in ('NOT_ELIGIBLE', 'CLOSED', 'ENTERED_IN_ERROR') and ($1::uuid is null or f.id > $1)
  order by f.id limit $2`;

/** Facts of one page of open cases; answers where the next page begins, or null at the end. */
async function tellGaps(tx: EntityManager, after: string | null, at: Moment): Promise<string | null> {
  const found: { id: string; ownerId: string | null }[] = await tx.query(OPEN, [after, atOnce]);
  const files = new Map(
    (
      await findAll(
        tx,
        found.map(({ id }) => id),
      )
    ).map((file) => [file.id, file]),
  );
  const leading = await leadersAmong(
    tx,
    found.map(({ ownerId }) => ownerId),
  );
  const bounds = boundsAt(at);
  const facts = found.flatMap(({ id, ownerId }) => {
    const file = files.get(id);
    return file ? factsOf(file, ownerId !== null && leading.has(ownerId), bounds) : [];
  });
  await tellAll(tx, facts, at.now);
  return found.length < atOnce ? null : (found.at(-1)?.id ?? null);
}

/** The gaps that are told each day, the most serious of each kind. The queue has a timer of its own. */
const told: Partial<Record<CaseRisk, keyof typeof caseGaps>> = {
  NO_NEXT_CONTACT: 'withoutNextContact',
  CONTACT_OVERDUE: 'contactOverdue',
  CONTACT_LONG_OVERDUE: 'contactLongOverdue',
};

function factsOf(file: CaseFile, hasOwner: boolean, bounds: Bounds): Fact[] {
  const { id: caseId, clientId, queuedSince } = file;
  const risks = risksOf(file, hasOwner, bounds);
  const gaps = risks.flatMap((risk) => told[risk] ?? []);
  const orphaned = risks.includes('NO_OWNER') && queuedSince === null ? (['withoutOwner'] as const) : [];
  const waiting = risks.includes('UNASSIGNED_BUSINESS_DAY') ? (['unassignedBusinessDay'] as const) : [];
  return [...gaps, ...orphaned, ...waiting].map((gap) =>
    caseGaps[gap].of(clientId, bounds.now, { clientId, caseId }),
  );
}

function findAll(tx: EntityManager, ids: readonly string[]): Promise<CaseFile[]> {
  return tx
    .createQueryBuilder(CaseFileEntity, 'f')
    .whereInIds([...ids])
    .getMany();
}

async function leadersAmong(tx: EntityManager, ids: readonly (string | null)[]): Promise<Set<string>> {
  const known = [...new Set(ids.filter((id) => id !== null))];
  if (known.length === 0) return new Set();
  const staff = await tx.createQueryBuilder(StaffMemberEntity, 'm').whereInIds(known).getMany();
  return new Set(staff.filter(canLeadCases).map(({ id }) => id));
}

async function tellAll(tx: EntityManager, facts: readonly Fact[], now: Date): Promise<void> {
  if (facts.length === 0) return;
  await record(tx, ownCause('clients', now), ...facts);
}

function nextMorning(at: Moment): Date {
  const here = instantAt(today(at), MORNING, at.timeZone);
  return here > at.now ? here : instantAt(addDays(today(at), 1), MORNING, at.timeZone);
}
