import { staffRecorded } from '@throughline/events';
import { defineProjection, on } from '@throughline/messaging';
import { IsNull } from 'typeorm';
import { AbsenceEntity } from './absence.entity.ts';
import { turnOf } from './absence.ts';

/** Facts of one person come in their order. The time is that of the fact: then the right to act began or ended. */
const onStandingChanged = on(staffRecorded, async (tx, { staffId, away, coverId }, { id, occurredAt }) => {
  const lasting = await tx.findOneBy(AbsenceEntity, { staffId, endedAt: IsNull() });
  const turn = turnOf(lasting, { away, coverId });
  // Clocks of two copies of a service differ: an absence does not end before it began.
  if (lasting && turn.ends)
    await tx.query('update absence set ended_at = greatest(began_at, $2) where id = $1', [
      lasting.id,
      occurredAt,
    ]);
  if (turn.begins)
    await tx.insert(AbsenceEntity, { id, staffId, coverId, beganAt: occurredAt, endedAt: null });
});

/** When each member of staff was away, and who stood in. */
export const absenceProjection = defineProjection({
  concern: 'view',
  name: 'absences',
  tables: ['absence'],
  reactions: [onStandingChanged],
});
