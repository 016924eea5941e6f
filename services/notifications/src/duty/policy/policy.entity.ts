import { EntitySchema, type EntityManager } from 'typeorm';
import type { EscalationStep } from '../../catalogue/catalogue/catalogue.ts';
import type { NotificationCode } from '../../inbox/notification/notification.ts';
import { policyIdOf, type EscalationPolicy } from './policy.ts';

export const EscalationPolicyEntity = new EntitySchema<EscalationPolicy>({
  name: 'EscalationPolicy',
  tableName: 'escalation_policy',
  columns: {
    id: { type: 'uuid', primary: true },
    code: { type: 'text' },
    steps: { type: 'jsonb' },
    changedBy: { type: 'uuid', name: 'changed_by' },
    changedAt: { type: 'timestamptz', name: 'changed_at' },
    version: { type: 'integer' },
  },
});

/** The chain that the program chose for a code; null: that of the catalogue. */
export async function findSteps(tx: EntityManager, code: NotificationCode): Promise<EscalationStep[] | null> {
  const policy = await tx.findOneBy(EscalationPolicyEntity, { id: policyIdOf(code) });
  return policy?.steps ?? null;
}
