import { crisisOpened, crisisResolved } from '@throughline/events';
import { on, type Reaction } from '@throughline/messaging';
import { CaseBlockerEntity } from './blocker.entity.ts';

/** A crisis holds up the end of the case until the danger is over. Source: infra/reference/domain.md 1.2, 4.4. */
export const onCrises: Reaction[] = [
  on(crisisOpened, async (tx, { alertId: id, clientId }, { occurredAt: since }) => {
    await tx.upsert(CaseBlockerEntity, { id, clientId, kind: 'CRISIS', since }, ['id']);
  }),
  on(crisisResolved, async (tx, { alertId: id }) => {
    await tx.delete(CaseBlockerEntity, { id });
  }),
];
