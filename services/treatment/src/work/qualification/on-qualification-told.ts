import { staffQualificationTold } from '@throughline/events';
import { defineProjection, on } from '@throughline/messaging';
import { QualificationEntity } from './qualification.entity.ts';

/** Copy of who is qualified: decides whose notes wait for a supervisor. */
export const qualificationProjection = defineProjection({
  concern: 'access',
  name: 'qualifications',
  tables: ['staff_qualification'],
  reactions: [
    on(staffQualificationTold, async (tx, { staffId, isQualified }) => {
      await tx.upsert(QualificationEntity, { staffId, isQualified }, ['staffId']);
    }),
  ],
});
