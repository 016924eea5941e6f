import { EntitySchema } from 'typeorm';
import type { Appointment } from './appointment.ts';

export const AppointmentEntity = new EntitySchema<Appointment>({
  name: 'Appointment',
  tableName: 'appointment',
  columns: {
    referralId: { type: 'uuid', primary: true, name: 'referral_id' },
    clientId: { type: 'uuid', name: 'client_id' },
    at: { type: 'timestamptz', nullable: true },
  },
});
