import type { Projection } from '@throughline/messaging';
import { blockerProjection } from './casework/closure/on-referral-step.ts';
import { agencyProjection } from './people/agency/agency.projection.ts';
import { responderProjection } from './people/responder/responder.projection.ts';

/** Copies of facts in this service. Needs that are met and lines of the ledger are its own records. */
export const projections: readonly Projection[] = [agencyProjection, blockerProjection, responderProjection];
