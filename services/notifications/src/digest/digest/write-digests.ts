import { ownCause } from '@throughline/events';
import { record, schedule, type Job } from '@throughline/messaging';
import { In, type DataSource, type EntityManager } from 'typeorm';
import { queueDeliveries } from '../../channel/delivery/schedule-delivery.ts';
import { QuietHoursEntity } from '../../channel/quiet-hours/quiet-hours.entity.ts';
import { deliverAt, knownZone } from '../../channel/quiet-hours/quiet-hours.ts';
import type { Desk } from '../../duty/telling/notify.ts';
import { NotificationEntity } from '../../inbox/notification/notification.entity.ts';
import { addedFact, addNotification, type Notification } from '../../inbox/notification/notification.ts';
import { digestDay, nextLook } from './digest.ts';

export const digestJob = 'notifications.digest';

/** People of one transaction: memory and locks stay small for any number of staff. */
const PAGE = 200;

/** The job schedules itself; a start sets it again. */
export async function startDigests({ manager }: DataSource, { now }: Pick<Desk, 'now'>): Promise<void> {
  await schedule(manager, digestJob, {}, { jobKey: digestJob, runAt: nextLook(now()) });
}

/** Every quarter of an hour: the digest of everybody for whom it is 08:30 now, once a day. */
export function writeDigests(desk: Desk): Job {
  return async (_payload, { dataSource }) => {
    const now = desk.now();
    const zones = await zonesAt(dataSource, desk);
    if (zones.size > 0) {
      let after: string | null = null;
      do after = await dataSource.transaction((tx) => writePage(tx, desk, { after, zones, now }));
      while (after !== null);
    }
    await startDigests(dataSource, desk);
  };
}

interface Person {
  id: string;
  timeZone: string | null;
}

interface Round {
  after: string | null;
  /** Day of each zone whose digest is due. */
  zones: ReadonlyMap<string | null, string>;
  now: Date;
}

/** A zone that nobody knows counts as that of the program. */
async function zonesAt(db: DataSource, desk: Desk): Promise<Round['zones']> {
  const found: Pick<Person, 'timeZone'>[] = await db.query(
    'select distinct time_zone as "timeZone" from staff where active and not away',
  );
  const days = found.map(({ timeZone }) => {
    const day = digestDay(knownZone(timeZone, desk.timeZone), desk.now());
    return [timeZone, day] as const;
  });
  return new Map(days.flatMap(([zone, day]) => (day ? [[zone, day]] : [])));
}

const PEOPLE = `
  select id, time_zone as "timeZone" from staff
  where active and not away and ($1::uuid is null or id > $1) order by id limit $2`;

/** Answers where the next page begins; null at the end. */
async function writePage(
  tx: EntityManager,
  desk: Desk,
  { after, zones, now }: Round,
): Promise<string | null> {
  const page: Person[] = await tx.query(PEOPLE, [after, PAGE]);
  const due = page.flatMap((person) => {
    const day = zones.get(person.timeZone);
    return day ? [{ ...person, day }] : [];
  });
  if (due.length > 0) await tellDigests(tx, desk, due, now);
  return page.length < PAGE ? null : (page.at(-1)?.id ?? null);
}

const DIGESTS = `
  with due as (
    select * from unnest($1::uuid[], $2::date[]) as d (staff_id, day)
    where not exists (select 1 from digest g where g.staff_id = d.staff_id and g.day = d.day)),
  counted as (
    select due.staff_id, due.day, n.code, sum(n.times)::int as times, count(*)::int as unread,
      count(*) filter (where n.escalation_id is not null)::int as to_acknowledge
    from due join notification n on n.recipient_id = due.staff_id
    where n.read_at is null and n.acknowledged_at is null and n.deliver_at <= $3 and n.code <> 'DAILY_DIGEST'
    group by due.staff_id, due.day, n.code)
  insert into digest (id, staff_id, day, unread, to_acknowledge, lines, written_at)
  select gen_random_uuid(), staff_id, day, sum(unread), sum(to_acknowledge),
    jsonb_agg(jsonb_build_object('code', code, 'times', times) order by times desc, code), $3
  from counted group by staff_id, day
  on conflict (staff_id, day) do nothing
  returning id, staff_id as "staffId"`;

/** The digest of yesterday counts as read, so that the inbox holds one. */
const READ = `
  update notification set read_at = $2
  where recipient_id = any($1) and code = 'DAILY_DIGEST' and read_at is null and acknowledged_at is null`;

async function tellDigests(
  tx: EntityManager,
  desk: Desk,
  due: readonly (Person & { day: string })[],
  now: Date,
): Promise<void> {
  const days = due.map(({ day }) => day);
  const written: { id: string; staffId: string }[] = await tx.query(DIGESTS, [
    ...[due.map(({ id }) => id), days, now],
  ]);
  if (written.length === 0) return;
  const staffIds = written.map(({ staffId }) => staffId);
  await tx.query(READ, [staffIds, now]);
  const quiet = new Map(
    (await tx.findBy(QuietHoursEntity, { staffId: In(staffIds) })).map((own) => [own.staffId, own]),
  );
  const zones = new Map(due.map(({ id, timeZone }) => [id, knownZone(timeZone, desk.timeZone)]));
  const added: Notification[] = written.map(({ id: factId, staffId }) => {
    const at = deliverAt(now, zones.get(staffId) ?? desk.timeZone, quiet.get(staffId));
    const about = { code: 'DAILY_DIGEST' as const, subjectId: staffId, clientId: null, factId, dueAt: null };
    const telling = { subjectType: 'StaffMember' as const, recipientId: staffId, deliverAt: at };
    return addNotification(about, { ...telling, step: 0, escalationId: null }, now);
  });
  await tx.insert(NotificationEntity, added);
  await queueDeliveries(tx, desk.channels, added);
  await record(tx, ownCause('notifications', now), ...added.map(addedFact));
}
