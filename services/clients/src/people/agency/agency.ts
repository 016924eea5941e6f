import type { AgencyType, HipaaStatus, Recipient } from '@throughline/privacy';

/** Copy of a partner agency, from facts of the referrals service. */
export interface Agency {
  id: string;
  agencyType: AgencyType;
  hipaaStatus: HipaaStatus;
  active: boolean;
}

/**
 * The agency as a preview of coverage needs to know it. An agency that nobody knows counts in the strictest way: not
 * under HIPAA, and no provider of treatment. `treatsClient` comes from the person who asks, because a referral may begin the
 * treatment. Source: infra/reference/domain.md 3.3.
 */
export function recipientOf(agencyId: string, agency: Agency | null, treatsClient: boolean): Recipient {
  return {
    agencyId: agencyId.toLowerCase(),
    timeZone: 'UTC',
    agencyType: agency?.agencyType ?? 'OTHER',
    hipaaStatus: agency?.hipaaStatus ?? 'NON_HIPAA',
    active: agency?.active ?? true,
    agreements: [],
    isPart2Program: false,
    needsIdentityToDecide: false,
    treatsClient,
  };
}
