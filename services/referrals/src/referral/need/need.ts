import type { NeedCategory } from '@throughline/privacy';

/** What referrals must know of a need: whose it is and what it is. Fed by facts of the clients service. */
export interface Need {
  id: string;
  clientId: string;
  caseId: string;
  category: NeedCategory;
}
