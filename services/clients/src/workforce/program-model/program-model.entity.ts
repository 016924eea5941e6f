import { EntitySchema, type EntityManager } from 'typeorm';
import { numeric } from '../case-manager/case-manager.entity.ts';
import type { ProgramModel } from './program-model.ts';

export const ProgramModelEntity = new EntitySchema<ProgramModel>({
  name: 'ProgramModel',
  tableName: 'caseload_limit',
  columns: {
    id: { type: 'uuid', primary: true },
    code: { type: 'text' },
    label: { type: 'text' },
    points: { type: 'numeric', precision: 6, scale: 2, transformer: numeric },
    heads: { type: 'integer' },
    version: { type: 'integer' },
  },
});

/** An organization has a handful of models, and one page shows them all. */
export function findModels(db: EntityManager): Promise<ProgramModel[]> {
  return db.find(ProgramModelEntity, { order: { code: 'ASC' }, take: 200 });
}
