import { careProjection } from '@throughline/care';
import type { Projection } from '@throughline/messaging';
import { consentProjection } from './referral/consent/consent.projection.ts';
import { needProjection } from './referral/need/on-need-recorded.ts';

/** The copies that this service keeps of what facts tell. Referrals that end because of a fact are none. */
export const projections: readonly Projection[] = [careProjection, needProjection, consentProjection];
