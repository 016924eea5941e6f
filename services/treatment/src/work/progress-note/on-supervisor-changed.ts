import { staffRecorded } from '@throughline/events';
import { on } from '@throughline/messaging';
import { ProgressNoteEntity } from './progress-note.entity.ts';

/** Notes that wait follow their author to the new supervisor. */
export const onSupervisorChanged = on(staffRecorded, async (tx, { staffId, supervisorId }) => {
  await tx.update(
    ProgressNoteEntity,
    { authorId: staffId, status: 'AWAITING_COSIGNATURE' },
    { cosignerId: supervisorId },
  );
});
