import { careProjection } from '@throughline/care';
import type { Projection } from '@throughline/messaging';
import { staffProjection } from './inbox/staff/on-staff-recorded.ts';

/** The copies that this service keeps of what facts tell. What people were told is none: it is never told again. */
export const projections: readonly Projection[] = [staffProjection, careProjection];
