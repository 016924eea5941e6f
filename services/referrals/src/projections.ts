import { careProjection } from '@throughline/care';
import type { Projection } from '@throughline/messaging';
import { consentProjection } from './referral/consent/consent.projection.ts';
import { crisisProjection } from './referral/crisis/open-crisis.entity.ts';
import { choiceProjection } from './referral/recommendation/on-service-chosen.ts';
import { needProjection } from './referral/need/on-need-recorded.ts';

/** Copies of facts in this service. Referrals that end because of a fact are not among them. */
export const projections: readonly Projection[] = [
  careProjection,
  needProjection,
  consentProjection,
  crisisProjection,
  choiceProjection,
];
