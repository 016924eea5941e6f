import { careProjection } from '@throughline/care';
import type { Projection } from '@throughline/messaging';
import { clientRuleProjection } from './channel/client-rule/client-rule.projection.ts';
import { staffProjection } from './inbox/staff/on-staff-recorded.ts';

/** Copies of facts in this service. Notifications are not among them: nobody is told twice. */
export const projections: readonly Projection[] = [staffProjection, careProjection, clientRuleProjection];
