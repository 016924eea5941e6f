import { z } from 'zod';
import { defineEvent } from './define-event.ts';
import { id, instant } from './fields.ts';

const topic = 'clients.v1';

const caseStep = z.object({ clientId: id, caseId: id });

const caseFact = (type: string, description: string) =>
  defineEvent(topic, type, `Key: clientId. ${description}`, caseStep);

/** Steps of a case. All share one shape: the type says which. Source: infra/reference/domain.md 1.2. */
export const caseFacts = {
  accepted: caseFact('CaseAccepted', 'The program takes the person: the assessment begins.'),
  waitlisted: caseFact('CaseWaitlisted', 'The case waits for a place until its review.'),
  notEligible: caseFact('CaseNotEligible', 'The program cannot help; the case is over.'),
  advanced: caseFact('CaseAdvanced', 'The case moved to the state that follows.'),
  held: caseFact('CaseHeld', 'The case is on hold until its review.'),
  resumed: caseFact('CaseResumed', 'The hold is over.'),
  returnedToActive: caseFact('CaseReturnedToActive', 'A case in aftercare is active again.'),
  reopened: caseFact('CaseReopened', 'A closed case is open again, with the same id.'),
  enteredInError: caseFact('CaseEnteredInError', 'The case should never have been there; it counts nowhere.'),
  assignmentApproved: caseFact(
    'CaseAssignmentApproved',
    'A supervisor let the caseload of the case manager pass its limit.',
  ),
  closeAsked: caseFact(
    'CaseCloseAsked',
    'Somebody asks a supervisor to close the case although something is open.',
  ),
  closeRefused: caseFact('CaseCloseRefused', 'A supervisor left the case open.'),
  described: caseFact('CaseDescribed', 'Model, setting, program or modifiers of the case changed.'),
  phaseEntered: caseFact('CasePhaseEntered', 'The work entered a phase.'),
  holdReviewDue: caseFact('CaseHoldReviewDue', 'The day of review of a hold has come.'),
  waitReviewDue: caseFact('CaseWaitReviewDue', 'The day of review of a place on the wait list has come.'),
  attemptsFailed: caseFact(
    'CaseAttemptsFailed',
    'Two attempts to reach the person failed within one cadence.',
  ),
} as const;

/** Gaps of the safety net, told each day that they last. Source: infra/reference/domain.md 0 (S13). */
export const caseGaps = {
  contactOverdue: caseFact('CaseContactOverdue', 'The next contact is overdue.'),
  contactLongOverdue: caseFact('CaseContactLongOverdue', 'The next contact is overdue by a whole cadence.'),
  withoutOwner: caseFact('CaseWithoutOwner', 'Nobody who can act leads the case.'),
  withoutNextContact: caseFact('CaseWithoutNextContact', 'The case has no next contact.'),
  unassignedFourHours: caseFact(
    'CaseUnassignedFourHours',
    'The case has waited four hours for a case manager.',
  ),
  unassignedBusinessDay: caseFact(
    'CaseUnassignedBusinessDay',
    'The case has waited one business day for a case manager.',
  ),
} as const;

const contactStep = z.object({
  contactId: id,
  clientId: id,
  /** When it was; null in facts of releases before. */
  at: instant.nullable().default(null),
  reached: z.boolean().default(false),
});

export const contactLogged = defineEvent(
  topic,
  'ContactLogged',
  'Key: clientId. A contact with the client, or an attempt, was written down.',
  contactStep,
);

export const contactCorrected = defineEvent(
  topic,
  'ContactCorrected',
  'Key: clientId. What was written down of a contact was corrected.',
  contactStep,
);

export const nextContactPlanned = caseFact('NextContactPlanned', 'A next contact was planned.');
