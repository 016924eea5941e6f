import { EntitySchema } from 'typeorm';
import type { ReferralRequest } from './referral-request.ts';

export const ReferralRequestEntity = new EntitySchema<ReferralRequest>({
  name: 'ReferralRequest',
  tableName: 'referral_request',
  columns: {
    id: { type: 'uuid', primary: true },
    clientId: { type: 'uuid', name: 'client_id' },
    caseId: { type: 'uuid', name: 'case_id' },
    needId: { type: 'uuid', name: 'need_id', nullable: true },
    needCategory: { type: 'text', name: 'need_category' },
    strategy: { type: 'text' },
    status: { type: 'text' },
    choices: { type: 'jsonb' },
    recommendationId: { type: 'uuid', name: 'recommendation_id', nullable: true },
    createdBy: { type: 'uuid', name: 'created_by' },
    createdAt: { type: 'timestamptz', name: 'created_at' },
    closedAt: { type: 'timestamptz', name: 'closed_at', nullable: true },
  },
});
