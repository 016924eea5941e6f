import { EntitySchema } from 'typeorm';
import type { DisclosureRecord } from './disclosure.ts';

export const DisclosureRecordEntity = new EntitySchema<DisclosureRecord>({
  name: 'DisclosureRecord',
  tableName: 'disclosure_record',
  columns: {
    id: { type: 'uuid', primary: true },
    clientId: { type: 'uuid', name: 'client_id' },
    sequence: { type: 'integer' },
    agencyId: { type: 'uuid', name: 'agency_id' },
    referralId: { type: 'uuid', name: 'referral_id', nullable: true },
    disclosedAt: { type: 'timestamptz', name: 'disclosed_at' },
    labels: { type: 'text', array: true },
    fields: { type: 'text', array: true },
    purpose: { type: 'text' },
    basis: { type: 'text' },
    consentIds: { type: 'uuid', name: 'consent_ids', array: true },
    noticeVersion: { type: 'text', name: 'notice_version', nullable: true },
    channel: { type: 'text' },
    actorKind: { type: 'text', name: 'actor_kind' },
    actorId: { type: 'text', name: 'actor_id' },
    recordedAt: { type: 'timestamptz', name: 'recorded_at' },
    prevHash: { type: 'text', name: 'prev_hash' },
    hash: { type: 'text' },
  },
});
