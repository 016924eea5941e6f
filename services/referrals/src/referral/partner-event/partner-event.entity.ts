import { EntitySchema } from 'typeorm';
import type { PartnerEvent } from './partner-event.ts';

export const PartnerEventEntity = new EntitySchema<PartnerEvent>({
  name: 'PartnerEvent',
  tableName: 'partner_event',
  columns: {
    agencyId: { type: 'uuid', primary: true, name: 'agency_id' },
    number: { type: 'bigint', primary: true },
    id: { type: 'uuid' },
    referralId: { type: 'uuid', name: 'referral_id' },
    type: { type: 'text' },
    status: { type: 'text' },
    priority: { type: 'text', nullable: true },
    occurredAt: { type: 'timestamptz', primary: true, name: 'occurred_at' },
  },
});
