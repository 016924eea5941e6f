import { EntitySchema, type EntityManager } from 'typeorm';

/** Whether a credential qualifies a member of staff to work without being a trainee. */
export interface Qualification {
  staffId: string;
  isQualified: boolean;
}

export const QualificationEntity = new EntitySchema<Qualification>({
  name: 'StaffQualification',
  tableName: 'staff_qualification',
  columns: {
    staffId: { type: 'uuid', primary: true, name: 'staff_id' },
    isQualified: { type: 'boolean', name: 'is_qualified' },
  },
});

/** Somebody of whom nothing was heard counts as a trainee. Source: infra/reference/domain.md 1.3. */
export function isQualified(tx: EntityManager, staffId: string): Promise<boolean> {
  return tx.existsBy(QualificationEntity, { staffId, isQualified: true });
}
