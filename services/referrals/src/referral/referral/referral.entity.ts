import { EntitySchema, type EntitySchemaColumnOptions } from 'typeorm';
import type { Referral } from './referral.ts';
import type { ReferralTransition } from './referral-transition.ts';

const uuid = (name: string): EntitySchemaColumnOptions => ({ type: 'uuid', name });
const text = (name: string): EntitySchemaColumnOptions => ({ type: 'text', name });
const maybeText = (name: string): EntitySchemaColumnOptions => ({ type: 'text', name, nullable: true });
const maybeTime = (name: string): EntitySchemaColumnOptions => ({
  type: 'timestamptz',
  name,
  nullable: true,
});

export const ReferralEntity = new EntitySchema<Referral>({
  name: 'Referral',
  tableName: 'referral',
  columns: {
    id: { type: 'uuid', primary: true },
    requestId: uuid('request_id'),
    clientId: uuid('client_id'),
    caseId: uuid('case_id'),
    needId: { ...uuid('need_id'), nullable: true },
    needCategory: text('need_category'),
    agencyId: uuid('agency_id'),
    serviceId: uuid('service_id'),
    caseManagerId: uuid('case_manager_id'),
    status: text('status'),
    priority: text('priority'),
    purpose: text('purpose'),
    reasonText: maybeText('reason_text'),
    internalNote: maybeText('internal_note'),
    exclusive: { type: 'boolean' },
    consentIds: { type: 'uuid', array: true, name: 'consent_ids' },
    labelsReleased: { type: 'text', array: true, name: 'labels_released' },
    sentAt: maybeTime('sent_at'),
    acknowledgedAt: maybeTime('acknowledged_at'),
    decidedAt: maybeTime('decided_at'),
    acceptedAt: maybeTime('accepted_at'),
    firstServiceAt: maybeTime('first_service_at'),
    closedAt: maybeTime('closed_at'),
    decideBy: maybeTime('decide_by'),
    expiresAt: maybeTime('expires_at'),
    pausedMs: { type: 'double precision', name: 'paused_ms', nullable: true },
    startsAt: maybeTime('starts_at'),
    reviewOn: { type: 'date', name: 'review_on', nullable: true },
    waitlistPosition: { type: 'integer', name: 'waitlist_position', nullable: true },
    expectedOn: { type: 'date', name: 'expected_on', nullable: true },
    noShowCount: { type: 'integer', name: 'no_show_count' },
    question: maybeText('question'),
    answer: maybeText('answer'),
    infoAnswered: { type: 'boolean', name: 'info_answered' },
    declineReason: maybeText('decline_reason'),
    cancelReason: maybeText('cancel_reason'),
    holdReason: maybeText('hold_reason'),
    heldFrom: maybeText('held_from'),
    outcome: { type: 'jsonb', nullable: true },
    reroutedFromId: { ...uuid('rerouted_from_id'), nullable: true },
    createdAt: { type: 'timestamptz', name: 'created_at' },
    version: { type: 'integer' },
  },
});

export const ReferralTransitionEntity = new EntitySchema<ReferralTransition>({
  name: 'ReferralTransition',
  tableName: 'referral_transition',
  columns: {
    referralId: { type: 'uuid', primary: true, name: 'referral_id' },
    seq: { type: 'integer', primary: true },
    rule: text('rule'),
    command: text('command'),
    from: { ...text('from_status'), nullable: true },
    to: text('to_status'),
    actorKind: text('actor_kind'),
    actorId: text('actor_id'),
    actorAgencyId: { ...uuid('actor_agency_id'), nullable: true },
    onBehalfOf: { ...uuid('on_behalf_of'), nullable: true },
    reason: maybeText('reason'),
    note: maybeText('note'),
    at: { type: 'timestamptz' },
  },
});
