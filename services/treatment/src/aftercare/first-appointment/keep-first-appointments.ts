import { addDays, startOfDay, today, type Moment } from '@throughline/privacy';
import type { EntityManager } from 'typeorm';
import type { Kept } from '../obligation/keep-obligations.ts';
import { ALARM_DAYS, settleAlarms, type AlarmMove, type Discharged } from './first-appointment.ts';
import { AppointmentAlarmEntity, APPOINTMENTS } from './first-appointment.entity.ts';

/**
 * $1: client, $2: since when a discharge counts, $3: time zone. A death and hospice care ask for nothing; a later stay is
 * an appointment. A transition that names no stay belongs to the stay that had begun on its day.
 */
const DISCHARGES = `
  select s.id as "stayId", s.client_id as "clientId", s.ended_at as "endedAt", a.told_on::text as "toldOn",
    (select min(at) from (${APPOINTMENTS}
      union all
      select n.started_at from stay n where n.client_id = s.client_id and n.id <> s.id) each
     where each.at >= s.ended_at) as "firstAt",
    exists (select 1 from care_transition t where t.episode_id = s.episode_id and t.status <> 'FAILED'
      and (t.from_stay_id = s.id
        or (t.from_stay_id is null and t.planned_for >= (s.started_at at time zone $3)::date))) as "hasTransition"
  from stay s left join appointment_alarm a on a.stay_id = s.id
  where s.client_id = $1 and s.ended_at >= $2 and s.discharge_type is not null and s.discharge_type <> 'DIED'
    and not s.to_hospice
    and not exists (select 1 from follow_up_evidence e where e.client_id = s.client_id and e.type = 'DEATH' and e.counts)
    and not exists (select 1 from stay d where d.client_id = s.client_id and d.discharge_type = 'DIED')
  order by s.ended_at`;

/** Brings the alarms of first appointments that are missing up to date with the records of now. */
export async function keepFirstAppointments(tx: EntityManager, clientId: string, at: Moment): Promise<Kept> {
  const since = startOfDay(addDays(today(at), -ALARM_DAYS - 1), at.timeZone);
  const discharges = await tx.query<Discharged[]>(DISCHARGES, [clientId, since, at.timeZone]);
  const { moves, facts, nextAt } = settleAlarms(discharges, at);
  for (const move of moves) await write(tx, move);
  return { facts, nextAt };
}

async function write(tx: EntityManager, { stayId, clientId, toldOn }: AlarmMove): Promise<void> {
  if (toldOn) await tx.upsert(AppointmentAlarmEntity, { stayId, clientId, toldOn }, ['stayId']);
  else await tx.delete(AppointmentAlarmEntity, { stayId });
}
