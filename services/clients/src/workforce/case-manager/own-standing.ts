import type { StandingSource } from '@throughline/care';

/** The standing of staff, from the table of this service: other services have a copy that its facts feed. */
export const ownStanding: StandingSource = {
  select: 'select id, active, roles from case_manager',
  id: 'id',
};
