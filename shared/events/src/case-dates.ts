import { z } from 'zod';
import { defineRestrictedEvent, type Restriction } from './define-event.ts';
import { id, instant } from './fields.ts';

/** treatment: the day of a person. The rhythm of contacts hints at the tier of the client. */
const toTreatment: Restriction = { topic: 'clients.restricted.v1', readers: ['treatment'] };

export const nextContactMoved = defineRestrictedEvent(
  toTreatment,
  'NextContactMoved',
  'Key: clientId. When the next contact, or the review of a pause or a wait, is due from now on; null when none is.',
  z.object({ clientId: id, caseId: id, dueAt: instant.nullable() }),
);
