import type { NeedCategory } from '@throughline/privacy';

/** Copy of a need: client and category, from facts of the clients service. */
export interface Need {
  id: string;
  clientId: string;
  caseId: string;
  category: NeedCategory;
}
