import { z } from 'zod';
import { defineRestrictedEvent, type Restriction } from './define-event.ts';
import { id } from './fields.ts';

/** treatment: the timeline and the review of plans. gateway: it tells subscriptions to read again. */
const isNew: Restriction = { topic: 'treatment.restricted.v1', readers: ['treatment', 'gateway'] };

export const diagnosisRecorded = defineRestrictedEvent(
  isNew,
  'DiagnosisRecorded',
  'Key: clientId. A diagnosis was recorded. No code: it says something about health.',
  z.object({ conditionId: id, clientId: id }),
);

export const diagnosisChanged = defineRestrictedEvent(
  isNew,
  'DiagnosisChanged',
  'Key: clientId. The status or the rank of a diagnosis changed.',
  z.object({ conditionId: id, clientId: id }),
);

export const medicationRecorded = defineRestrictedEvent(
  isNew,
  'MedicationRecorded',
  'Key: clientId. A medication was recorded.',
  z.object({ medicationId: id, clientId: id }),
);

export const medicationSupplied = defineRestrictedEvent(
  isNew,
  'MedicationSupplied',
  'Key: clientId. A supply of a medication was recorded.',
  z.object({ medicationId: id, clientId: id }),
);

export const medicationEnded = defineRestrictedEvent(
  isNew,
  'MedicationEnded',
  'Key: clientId. A medication ended.',
  z.object({ medicationId: id, clientId: id }),
);

export const substanceUseRecorded = defineRestrictedEvent(
  isNew,
  'SubstanceUseRecorded',
  'Key: clientId. Use of a substance was recorded.',
  z.object({ substanceUseId: id, clientId: id }),
);

export const locAssessmentSigned = defineRestrictedEvent(
  isNew,
  'LocAssessmentSigned',
  'Key: clientId. An assessment of the level of care was signed. No level: it says something about health.',
  z.object({ locAssessmentId: id, clientId: id }),
);

export const servicesRecommended = defineRestrictedEvent(
  isNew,
  'ServicesRecommended',
  'Key: clientId. Services were recommended to the client.',
  z.object({ recommendationId: id, clientId: id }),
);

/** referrals: a referral is made from the choice in one step. */
export const serviceChosen = defineRestrictedEvent(
  { ...isNew, readers: [...isNew.readers, 'referrals'] },
  'ServiceChosen',
  'Key: clientId. The client chose one of the recommended services. matchPoints: of the match when it was shown, 0 to 100.',
  z.object({
    recommendationId: id,
    clientId: id,
    needId: id.nullable(),
    serviceId: id,
    matchPoints: z.int().nullable(),
    declinedServiceIds: z.array(id),
  }),
);

export const noServiceChosen = defineRestrictedEvent(
  isNew,
  'NoServiceChosen',
  'Key: clientId. The client chose none of the recommended services.',
  z.object({ recommendationId: id, clientId: id }),
);

export const supportChecked = defineRestrictedEvent(
  isNew,
  'SupportChecked',
  'Key: clientId. An item of the support checklist was gone through with the client.',
  z.object({ supportEntryId: id, clientId: id }),
);
