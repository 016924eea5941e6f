import { z } from 'zod';
import { defineRestrictedEvent, type Restriction } from './define-event.ts';
import { code, id } from './fields.ts';

const isNew: Restriction = { topic: 'treatment.restricted.v1', readers: ['treatment', 'gateway'] };
/**
 * notifications: pages people, and stops. clients: a case with an open crisis does not close. referrals: no referral in its place.
 * All of them: who took it over may read the client until it is over.
 */
const crisis: Restriction = {
  ...isNew,
  readers: [...isNew.readers, 'notifications', 'clients', 'referrals'],
};

export const crisisOpened = defineRestrictedEvent(
  crisis,
  'CrisisOpened',
  'Key: clientId. A crisis began; level 1 is imminent. People in the chain are paged now. Source: infra/reference/domain.md 4.4, 6.2.',
  z.object({
    alertId: id,
    clientId: id,
    level: z.int(),
    caseManagerId: id.nullable(),
    supervisorId: id.nullable(),
  }),
);

export const crisisAcknowledged = defineRestrictedEvent(
  crisis,
  'CrisisAcknowledged',
  'Key: clientId. A person took the crisis over: nobody else is paged, and the person reads the client until it is resolved.',
  z.object({ alertId: id, clientId: id, acknowledgedBy: id }),
);

export const crisisResponseStarted = defineRestrictedEvent(
  isNew,
  'CrisisResponseStarted',
  'Key: clientId. Somebody responds to the crisis.',
  z.object({ alertId: id, clientId: id }),
);

export const crisisClientNotLocated = defineRestrictedEvent(
  isNew,
  'CrisisClientNotLocated',
  'Key: clientId. The client was not found; a welfare check was asked for.',
  z.object({ alertId: id, clientId: id }),
);

export const crisisResolved = defineRestrictedEvent(
  crisis,
  'CrisisResolved',
  'Key: clientId. The crisis is over: stable, handed off, or reviewed.',
  z.object({ alertId: id, clientId: id }),
);

export const crisisReviewed = defineRestrictedEvent(
  isNew,
  'CrisisReviewed',
  'Key: clientId. A supervisor reviewed the response to the crisis.',
  z.object({ alertId: id, clientId: id }),
);

export const riskLoweringAsked = defineRestrictedEvent(
  isNew,
  'RiskLoweringAsked',
  'Key: clientId. Somebody asked for a lower tier; a supervisor decides.',
  z.object({ clientId: id }),
);

export const riskLoweringRefused = defineRestrictedEvent(
  isNew,
  'RiskLoweringRefused',
  'Key: clientId. A supervisor did not lower the tier.',
  z.object({ clientId: id }),
);

export const riskTierChanged = defineRestrictedEvent(
  { ...isNew, readers: [...isNew.readers, 'clients'] },
  'RiskTierChanged',
  'Key: clientId. The tier of the client changed: it sets the rhythm of contacts and the weight of the case. Source: infra/reference/domain.md 4.6.',
  z.object({ clientId: id, tier: code }),
);
