import { consentExpired, consentRevoked } from '@throughline/events';
import { on, type Reaction } from '@throughline/messaging';
import { notify, type Desk } from './notify.ts';
import { getTeam } from './team-of.ts';

/** People who work with the client must know that nothing more may be shared. */
export function onConsentEnded(desk: Desk): Reaction[] {
  return [
    on(consentRevoked, async (tx, { consentId: subjectId, clientId }, received) => {
      const named = await getTeam(tx, clientId, received);
      await notify(tx, desk, received, { code: 'CONSENT_REVOKED', subjectId, clientId, named });
    }),
    on(consentExpired, async (tx, { consentId: subjectId, clientId }, received) => {
      const named = await getTeam(tx, clientId, received);
      await notify(tx, desk, received, { code: 'CONSENT_EXPIRED', subjectId, clientId, named });
    }),
  ];
}
