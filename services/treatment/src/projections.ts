import { careProjection } from '@throughline/care';
import type { Projection } from '@throughline/messaging';
import { ageProjection } from './assessment/age/on-client-age-group-changed.ts';
import { needProjection } from './planning/need/on-need-recorded.ts';
import { timelineProjection } from './timeline/timeline/on-every-fact.ts';

/** Copies of facts in this service, its own facts included. */
export const projections: readonly Projection[] = [
  careProjection,
  ageProjection,
  needProjection,
  timelineProjection,
];
