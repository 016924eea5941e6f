import type { Call } from '../call-services.ts';
import type { DemonstrationPlan } from './plan.ts';

/** What loading needs in addition to the plan of one person. */
export interface Loading {
  call: Call;
  plan: DemonstrationPlan;
  /** Who discloses under the consents. */
  programId: string;
  /** Lets the deadline of a referral pass. */
  expire(referralId: string): Promise<void>;
}

export interface LoadedClient {
  clientId: string;
  needIds: string[];
}
