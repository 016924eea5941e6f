import type { CareReader } from '@throughline/care';
import { loaderById } from '@throughline/graphql';
import { EntitySchema, type EntityManager } from 'typeorm';
import type { Inquiry } from './inquiry.ts';

const text = { type: 'text', nullable: true } as const;
const moment = { type: 'timestamptz', nullable: true } as const;
const staff = { type: 'uuid', nullable: true } as const;

export const InquiryEntity = new EntitySchema<Inquiry>({
  name: 'Inquiry',
  tableName: 'inquiry',
  columns: {
    id: { type: 'uuid', primary: true },
    receivedAt: { type: 'timestamptz', name: 'received_at' },
    channel: { type: 'text' },
    callerRelation: { type: 'text', name: 'caller_relation' },
    anonymous: { type: 'boolean' },
    callerName: { ...text, name: 'caller_name' },
    callbackNumber: { ...text, name: 'callback_number' },
    callbackExtension: { ...text, name: 'callback_extension' },
    safeToCallBack: { type: 'boolean', name: 'safe_to_call_back', nullable: true },
    presentingConcern: { ...text, name: 'presenting_concern' },
    notes: text,
    language: text,
    state: text,
    urgency: { type: 'text' },
    scriptId: { type: 'uuid', name: 'script_id' },
    answers: { type: 'jsonb' },
    callLineId: { type: 'uuid', name: 'call_line_id', nullable: true },
    status: { type: 'text' },
    disposition: text,
    transfer: { type: 'jsonb', nullable: true },
    callback: { type: 'jsonb', nullable: true },
    callbackDueAt: { ...moment, name: 'callback_due_at' },
    claimedBy: { ...staff, name: 'claimed_by' },
    claimedAt: { ...moment, name: 'claimed_at' },
    missedAt: { ...moment, name: 'missed_at' },
    handledBy: { type: 'uuid', name: 'handled_by' },
    endedAt: { ...moment, name: 'ended_at' },
    clientId: { type: 'uuid', name: 'client_id', nullable: true },
    caseId: { type: 'uuid', name: 'case_id', nullable: true },
    convertedBy: { ...staff, name: 'converted_by' },
    erasedAt: { ...moment, name: 'erased_at' },
    version: { type: 'integer' },
  },
});

export function inquiryLoaders(db: EntityManager, care: CareReader) {
  return { inquiryById: loaderById(db, care.rowsWithCare(InquiryEntity)) };
}
