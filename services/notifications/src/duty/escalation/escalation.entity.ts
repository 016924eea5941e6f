import { EntitySchema } from 'typeorm';
import type { Escalation } from './escalation.ts';

export const EscalationEntity = new EntitySchema<Escalation>({
  name: 'Escalation',
  tableName: 'escalation',
  columns: {
    id: { type: 'uuid', primary: true },
    code: { type: 'text' },
    subjectId: { type: 'uuid', name: 'subject_id' },
    clientId: { type: 'uuid', name: 'client_id', nullable: true },
    factId: { type: 'uuid', name: 'fact_id' },
    named: { type: 'jsonb' },
    told: { type: 'uuid', array: true },
    step: { type: 'integer' },
    nextAt: { type: 'timestamptz', name: 'next_at' },
    acknowledgedAt: { type: 'timestamptz', name: 'acknowledged_at', nullable: true },
    acknowledgedBy: { type: 'uuid', name: 'acknowledged_by', nullable: true },
    correlationId: { type: 'text', name: 'correlation_id' },
    steps: { type: 'jsonb', nullable: true },
  },
});
