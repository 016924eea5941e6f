import { findCareTeams } from '@throughline/care-team';
import { consentExpired, consentRevoked } from '@throughline/events';
import { on, type Reaction } from '@throughline/messaging';
import type { EntityManager } from 'typeorm';
import type { Named } from '../catalogue/addressees.ts';
import { notify, type Desk } from './notify.ts';

/** Whoever works with the client must know that nothing more may be shared. */
export function onConsentEnded(desk: Desk): Reaction[] {
  return [
    on(consentRevoked, async (tx, { consentId: subjectId, clientId }, received) => {
      const named = await teamOf(tx, clientId);
      await notify(tx, desk, received, { code: 'CONSENT_REVOKED', subjectId, clientId, named });
    }),
    on(consentExpired, async (tx, { consentId: subjectId, clientId }, received) => {
      const named = await teamOf(tx, clientId);
      await notify(tx, desk, received, { code: 'CONSENT_EXPIRED', subjectId, clientId, named });
    }),
  ];
}

async function teamOf(tx: EntityManager, clientId: string): Promise<Partial<Named>> {
  const [team] = await findCareTeams(tx, [clientId]);
  return { caseManagerId: team?.caseManagerId ?? null, supervisorId: team?.supervisorId ?? null };
}
