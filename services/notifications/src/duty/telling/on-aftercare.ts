import {
  aftercareContactDue,
  aftercareContactMissed,
  lostContactDecided,
  lostContactOpened,
  returnToUseRecorded,
  transitionAppointmentMissing,
  transitionFailed,
} from '@throughline/events';
import { on, type Reaction, type Received } from '@throughline/messaging';
import type { EntityManager } from 'typeorm';
import type { NotificationCode } from '../../inbox/notification/notification.ts';
import { notify, type Desk } from './notify.ts';
import { findTeam } from './team-of.ts';

/** What is due, missed or to decide after treatment is told to the people who work with the client now. Source: infra/reference/domain.md 4.6, 6.2. */
export function onAftercare(desk: Desk): Reaction[] {
  const tell =
    (code: NotificationCode) =>
    async (tx: EntityManager, { clientId }: { clientId: string }, received: Received): Promise<void> => {
      const named = (await findTeam(tx, clientId)) ?? {};
      await notify(tx, desk, received, { code, subjectId: clientId, clientId, named });
    };
  return [
    on(aftercareContactDue, tell('AFTERCARE_CONTACT_DUE')),
    on(aftercareContactMissed, tell('AFTERCARE_CONTACT_MISSED')),
    on(lostContactOpened, tell('LOST_CONTACT')),
    on(lostContactDecided, tell('LOST_CONTACT_REVIEW')),
    on(transitionAppointmentMissing, tell('TRANSITION_APPT_MISSING')),
    on(transitionFailed, tell('TRANSITION_FAILED')),
    on(returnToUseRecorded, tell('RETURN_TO_USE')),
  ];
}
