import type { AgencyType, HipaaStatus, NeedCategory } from '@throughline/privacy';

export interface Offer {
  name: string;
  needs: NeedCategory[];
  /** Years; to null: no upper limit. */
  ages: [from: number, to: number | null];
  sensitive?: 'SUD' | 'MH' | 'IPV';
  unit?: string;
  conditions?: string[];
}

export interface AgencyKind {
  type: AgencyType;
  /** Follows the made-up word in the agency's name. */
  suffix: string;
  hipaa: HipaaStatus;
  part2?: true;
  offers: [Offer, ...Offer[]];
}

export const adults: [number, null] = [18, null];
export const all: [number, null] = [0, null];
export const sud = 'SUD' as const;
