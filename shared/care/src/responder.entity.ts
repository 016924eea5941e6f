import { EntitySchema } from 'typeorm';

/** Somebody who took a crisis over. The row stays when it is over: it says who could read the client, and for how long. */
export interface CareResponder {
  alertId: string;
  staffId: string;
  clientId: string;
  since: Date;
  /** Null while the danger lasts. */
  until: Date | null;
}

export const CareResponderEntity = new EntitySchema<CareResponder>({
  name: 'CareResponder',
  tableName: 'care_responder',
  columns: {
    alertId: { type: 'uuid', primary: true, name: 'alert_id' },
    staffId: { type: 'uuid', primary: true, name: 'staff_id' },
    clientId: { type: 'uuid', name: 'client_id' },
    since: { type: 'timestamptz' },
    until: { type: 'timestamptz', nullable: true },
  },
});
