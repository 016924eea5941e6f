import { careProjection } from '@throughline/care';
import type { Projection } from '@throughline/messaging';
import { consentCopyProjection } from './aftercare/consent-copy/consent.projection.ts';
import { ageProjection } from './assessment/age/on-client-age-group-changed.ts';
import { credentialProjection } from './assessment/scope/on-credential-changed.ts';
import { measureProjection } from './measure/on-facts.ts';
import { needProjection } from './planning/need/on-need-recorded.ts';
import { qualificationProjection } from './work/qualification/on-qualification-told.ts';
import { absenceProjection } from './timeline/absence/on-standing-changed.ts';
import { caseApprovalProjection } from './timeline/case-approval/on-close-asked.ts';
import { nextContactProjection } from './timeline/next-contact/on-next-contact-moved.ts';
import { timelineProjection } from './timeline/timeline/on-every-fact.ts';

/** Copies of facts in this service, its own facts included. Measures count by days of the program. */
export const projectionsIn = (timeZone: string): readonly Projection[] => [
  careProjection,
  ageProjection,
  consentCopyProjection,
  credentialProjection,
  needProjection,
  qualificationProjection,
  nextContactProjection,
  caseApprovalProjection,
  absenceProjection,
  timelineProjection,
  measureProjection(timeZone),
];
