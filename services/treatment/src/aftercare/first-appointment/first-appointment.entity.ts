import { EntitySchema } from 'typeorm';
import type { Day } from '@throughline/privacy';

/** A discharge whose first appointment is missing: the alarm is told. Without a row it is not. */
export interface AppointmentAlarm {
  stayId: string;
  clientId: string;
  toldOn: Day;
}

export const AppointmentAlarmEntity = new EntitySchema<AppointmentAlarm>({
  name: 'AppointmentAlarm',
  tableName: 'appointment_alarm',
  columns: {
    stayId: { type: 'uuid', primary: true, name: 'stay_id' },
    clientId: { type: 'uuid', name: 'client_id' },
    toldOn: { type: 'date', name: 'told_on' },
  },
});

/** What is arranged after the discharge of a stay `s`: in the plan in force, for a transition, or a visit that took place. */
export const APPOINTMENTS = `
    select (one ->> 'at')::timestamptz as at
    from aftercare_plan p cross join jsonb_array_elements(coalesce(p.sections -> 'appointments', '[]')) one
    where p.episode_id = s.episode_id and p.status = 'ACTIVE' and jsonb_typeof(p.sections -> 'appointments') = 'array'
    union all
    select first_appointment_at from care_transition where from_stay_id = s.id and status <> 'FAILED'
    union all
    select v.at from visit v where v.client_id = s.client_id and v.setting <> 'EMERGENCY_DEPT'`;
