import { EntitySchema } from 'typeorm';
import type { DisclosureEntry } from './disclosure.ts';

export const DisclosureEntity = new EntitySchema<DisclosureEntry>({
  name: 'Disclosure',
  tableName: 'disclosure',
  columns: {
    id: { type: 'uuid', primary: true },
    hour: { type: 'timestamptz', primary: true },
    clientId: { type: 'uuid', name: 'client_id' },
    agencyId: { type: 'uuid', name: 'agency_id' },
    referralId: { type: 'uuid', name: 'referral_id' },
    disclosedAt: { type: 'timestamptz', name: 'disclosed_at' },
    labels: { type: 'text', array: true },
    fields: { type: 'text', array: true },
    purpose: { type: 'text' },
    legalBasis: { type: 'jsonb', name: 'legal_basis' },
    consentIds: { type: 'uuid', array: true, name: 'consent_ids' },
    noticeText: { type: 'text', name: 'notice_text', nullable: true },
    noticeVersion: { type: 'text', name: 'notice_version', nullable: true },
    scopeSummary: { type: 'text', name: 'scope_summary' },
    redisclosureRule: { type: 'text', name: 'redisclosure_rule' },
    policyVersion: { type: 'text', name: 'policy_version' },
    channel: { type: 'text' },
    actorKind: { type: 'text', name: 'actor_kind' },
    actorId: { type: 'text', name: 'actor_id' },
    repeatKey: { type: 'text', name: 'repeat_key', nullable: true },
    reads: { type: 'integer' },
    lastReadAt: { type: 'timestamptz', name: 'last_read_at' },
  },
});
