import { obligationMissed } from '@throughline/events';
import { on, type Reaction } from '@throughline/messaging';
import { notify, type Desk } from './notify.ts';
import { findTeam } from './team-of.ts';

/** A follow-up that was missed is told to the people who work with the client now. Source: infra/reference/domain.md 5.3, 6.2. */
export function onFollowUpMissed(desk: Desk): Reaction {
  return on(obligationMissed, async (tx, { clientId }, received) => {
    const named = (await findTeam(tx, clientId)) ?? {};
    await notify(tx, desk, received, { code: 'FOLLOW_UP_MISSED', subjectId: clientId, clientId, named });
  });
}
