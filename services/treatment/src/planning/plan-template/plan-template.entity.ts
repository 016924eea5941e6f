import { loaderById } from '@throughline/graphql';
import { EntitySchema, type EntityManager } from 'typeorm';
import type { PlanTemplate } from './plan-template.ts';

export const PlanTemplateEntity = new EntitySchema<PlanTemplate>({
  name: 'PlanTemplate',
  tableName: 'plan_template',
  columns: {
    id: { type: 'uuid', primary: true },
    program: { type: 'text' },
    name: { type: 'text' },
    goals: { type: 'jsonb' },
    status: { type: 'text' },
    changedAt: { type: 'timestamptz', name: 'changed_at' },
    changedBy: { type: 'uuid', name: 'changed_by' },
    version: { type: 'integer' },
  },
});

/** Which template was copied into which plan, and in which version. */
export interface TemplateUse {
  carePlanId: string;
  templateId: string;
  templateVersion: number;
  usedAt: Date;
  usedBy: string;
}

export const TemplateUseEntity = new EntitySchema<TemplateUse>({
  name: 'PlanTemplateUse',
  tableName: 'plan_template_use',
  columns: {
    carePlanId: { type: 'uuid', name: 'care_plan_id', primary: true },
    templateId: { type: 'uuid', name: 'template_id', primary: true },
    templateVersion: { type: 'integer', name: 'template_version' },
    usedAt: { type: 'timestamptz', name: 'used_at' },
    usedBy: { type: 'uuid', name: 'used_by' },
  },
});

export function planTemplateLoaders(db: EntityManager) {
  return { planTemplateById: loaderById(db, PlanTemplateEntity) };
}

const MOST = 200;

/** Templates in use, by program and name. */
export function findTemplates(db: EntityManager, program: string | null): Promise<PlanTemplate[]> {
  return db.find(PlanTemplateEntity, {
    where: { status: 'ACTIVE', ...(program !== null && { program }) },
    order: { program: 'ASC', name: 'ASC', id: 'ASC' },
    take: MOST,
  });
}
