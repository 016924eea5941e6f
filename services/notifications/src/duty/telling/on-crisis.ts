import { CareEntity, CareMemberEntity } from '@throughline/care';
import { crisisAcknowledged, crisisOpened } from '@throughline/events';
import { on, record, type Reaction } from '@throughline/messaging';
import { In, IsNull, type EntityManager } from 'typeorm';
import { NotificationEntity } from '../../inbox/notification/notification.entity.ts';
import { acknowledgedFact } from '../../inbox/notification/notification.ts';
import { acknowledgeAll } from '../escalation/acknowledge.ts';
import { EscalationEntity } from '../escalation/escalation.entity.ts';
import { crisisCodes } from '../escalation/escalation.ts';
import { causeOf, notify, type Desk } from './notify.ts';

/** Level 3 is watched and pages nobody. */
const codes: Record<number, 'CRISIS_L1' | 'CRISIS_L2'> = { 1: 'CRISIS_L1', 2: 'CRISIS_L2' };

/**
 * Pages the chain until a person acknowledges. The fact names case manager and supervisor, so that the page waits for no
 * copy. Source: infra/reference/domain.md 4.4, 6.2.
 */
export function onCrisisOpened(desk: Desk): Reaction {
  return on(crisisOpened, async (tx, fact, received) => {
    const code = codes[fact.level];
    if (!code) return;
    const { alertId: subjectId, clientId, caseManagerId, supervisorId } = fact;
    // Members of a case count only while it is open.
    const care = await tx.findOneBy(CareEntity, { clientId, caseOpen: true });
    const caseId = care?.caseId ?? null;
    const backup = caseId && (await tx.findOneBy(CareMemberEntity, { clientId, caseId, role: 'BACKUP' }));
    const named = { caseManagerId, supervisorId, backupId: backup ? backup.staffId : null };
    await notify(tx, desk, received, { code, subjectId, clientId, named });
  });
}

/** Somebody took the crisis over where it stands, in place of acknowledging the page: nobody else is paged. */
export function onCrisisAcknowledged(desk: Desk): Reaction {
  return on(crisisAcknowledged, async (tx, { alertId, acknowledgedBy }, received) => {
    const open = await tx.findOne(EscalationEntity, {
      where: { code: In([...crisisCodes]), subjectId: alertId, acknowledgedAt: IsNull() },
      lock: { mode: 'for_no_key_update' },
    });
    if (!open) return;
    const done = { acknowledgedAt: desk.now(), acknowledgedBy };
    await tx.update(EscalationEntity, { id: open.id }, done);
    await acknowledgeAll(tx, open.id, done);
    const first = await firstTold(tx, open.id);
    const cause = causeOf(received.cause.correlationId, received.id);
    await record(tx, cause, ...first.map((one) => acknowledgedFact(one, done.acknowledgedAt)));
  });
}

function firstTold(tx: EntityManager, escalationId: string) {
  return tx.find(NotificationEntity, { where: { escalationId }, order: { step: 'ASC', id: 'ASC' }, take: 1 });
}
