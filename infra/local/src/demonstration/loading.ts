import type { CallWithFiles } from '../call-services.ts';
import type { DemonstrationPlan } from './plan.ts';

/** What loading needs in addition to the plan of one person. */
export interface Loading {
  call: CallWithFiles;
  plan: DemonstrationPlan;
  /** Who discloses under the consents. */
  programId: string;
  /** Lets the deadline of a referral pass. */
  expire(referralId: string): Promise<void>;
  /** Moves the beginning of a case into the past. */
  beginEarlier: (caseId: string, openedAt: Date) => Promise<void>;
  /** Puts a plan into force that many days earlier. */
  activateEarlier: (carePlanId: string, days: number) => Promise<void>;
}

export interface LoadedClient {
  clientId: string;
  version: number;
  hasHousehold: boolean;
  /** Null: the case has ended. */
  caseId: string | null;
  needIds: string[];
}
