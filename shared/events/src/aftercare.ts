import { z } from 'zod';
import { defineRestrictedEvent, type Restriction } from './define-event.ts';
import { id } from './fields.ts';

/** Who reads what is said of stays, visits and follow-ups: as for the other restricted facts of treatment. */
const isNew: Restriction = { topic: 'treatment.restricted.v1', readers: ['treatment', 'gateway'] };

const stayFact = (type: string, description: string) =>
  defineRestrictedEvent(isNew, type, `Key: clientId. ${description}`, z.object({ stayId: id, clientId: id }));

export const stayAdmitted = stayFact(
  'StayAdmitted',
  'The client was admitted to a setting or level of care.',
);
export const stayDischarged = stayFact('StayDischarged', 'The client was discharged.');
export const stayCorrected = stayFact('StayCorrected', 'The time of a discharge was corrected.');

export const outcomeDataRecorded = defineRestrictedEvent(
  isNew,
  'OutcomeDataRecorded',
  'Key: clientId. What was asked at admission or at discharge was written down.',
  z.object({ episodeId: id, clientId: id }),
);

export const visitRecorded = defineRestrictedEvent(
  isNew,
  'VisitRecorded',
  'Key: clientId. A visit of the client was written down.',
  z.object({ visitId: id, clientId: id }),
);

const obligation = z.object({ obligationId: id, clientId: id });

export const obligationOpened = defineRestrictedEvent(
  isNew,
  'ObligationOpened',
  'Key: clientId. An event asks for a follow-up.',
  obligation,
);

export const obligationMet = defineRestrictedEvent(
  isNew,
  'ObligationMet',
  'Key: clientId. The follow-up took place in time.',
  obligation,
);

export const obligationMissed = defineRestrictedEvent(
  { ...isNew, readers: [...isNew.readers, 'notifications'] },
  'ObligationMissed',
  'Key: clientId. The time of a follow-up is over and it did not take place. Source: infra/reference/domain.md 5.3.',
  z.object({ clientId: id, obligationId: id }),
);

export const obligationWithdrawn = defineRestrictedEvent(
  isNew,
  'ObligationWithdrawn',
  'Key: clientId. A follow-up does not count any more, by its own rules or because its event was corrected.',
  obligation,
);

const aftercareFact = (type: string, description: string) =>
  defineRestrictedEvent(
    isNew,
    type,
    `Key: clientId. ${description}`,
    z.object({ aftercarePlanId: id, clientId: id }),
  );

export const aftercareOpened = aftercareFact(
  'AftercareOpened',
  'A plan for the time after treatment was opened.',
);
export const aftercareReviewed = aftercareFact(
  'AftercareReviewed',
  'The client went through the plan for the time after treatment.',
);
export const aftercareActivated = aftercareFact(
  'AftercareActivated',
  'A plan for the time after treatment is in force.',
);

const toNotifications: Restriction = { ...isNew, readers: [...isNew.readers, 'notifications'] };
const contact = z.object({ contactId: id, clientId: id });

export const aftercareContactDue = defineRestrictedEvent(
  toNotifications,
  'AftercareContactDue',
  'Key: clientId. A contact after discharge is due soon. Source: infra/reference/domain.md 4.6, 6.2.',
  z.object({ clientId: id }),
);

export const aftercareContactMet = defineRestrictedEvent(
  isNew,
  'AftercareContactMet',
  'Key: clientId. Staff reached the client in the time of a contact after discharge.',
  contact,
);

export const aftercareContactMissed = defineRestrictedEvent(
  toNotifications,
  'AftercareContactMissed',
  'Key: clientId. The time of a contact after discharge is over and nobody reached the client.',
  contact,
);

const lostContact = z.object({ decisionId: id, clientId: id });

export const lostContactOpened = defineRestrictedEvent(
  toNotifications,
  'LostContactOpened',
  'Key: clientId. Three attempts in a row reached nobody, or a review sent the question back: somebody has to decide.',
  lostContact,
);

export const lostContactDecided = defineRestrictedEvent(
  toNotifications,
  'LostContactDecided',
  'Key: clientId. Somebody decided that the contact is lost; a supervisor has to review it.',
  lostContact,
);

export const lostContactSettled = defineRestrictedEvent(
  isNew,
  'LostContactSettled',
  'Key: clientId. The question whether the contact is lost waits for nobody any more.',
  lostContact,
);

const transition = z.object({ transitionId: id, clientId: id });
const transitionFact = (type: string, description: string, restriction: Restriction = isNew) =>
  defineRestrictedEvent(restriction, type, `Key: clientId. ${description}`, transition);

export const transitionPlanned = transitionFact(
  'TransitionPlanned',
  'The client is going to another setting.',
);
export const transitionChanged = transitionFact(
  'TransitionChanged',
  'Day, first appointment or referral of a transition changed.',
);
export const handOffConfirmed = transitionFact(
  'HandOffConfirmed',
  'The sender, the receiver or the client agreed to the hand-off.',
);
export const transitionStarted = transitionFact(
  'TransitionStarted',
  'The client has left for the new place.',
);
export const transitionArrived = transitionFact(
  'TransitionArrived',
  'Somebody at the receiver says that the client is there.',
);
export const transitionCompleted = transitionFact('TransitionCompleted', 'The new place has taken over.');
export const transitionFailed = transitionFact(
  'TransitionFailed',
  'The client did not get to the new place.',
  toNotifications,
);

export const transitionAppointmentMissing = defineRestrictedEvent(
  toNotifications,
  'TransitionAppointmentMissing',
  'Key: clientId. A discharge or a transition has no first appointment within 7 days; told at once and each day. Source: infra/reference/domain.md 6.2.',
  z.object({ clientId: id }),
);

export const returnToUseRecorded = defineRestrictedEvent(
  toNotifications,
  'ReturnToUseRecorded',
  'Key: clientId. A return to use was written down.',
  z.object({ returnToUseId: id, clientId: id }),
);

export const supportEnded = defineRestrictedEvent(
  isNew,
  'SupportEnded',
  'Key: clientId. The support after treatment has ended, with an evaluation.',
  z.object({ supportEndId: id, clientId: id }),
);
