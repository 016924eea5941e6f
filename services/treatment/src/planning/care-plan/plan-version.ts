import type { PlanContent } from './content.ts';

/** What the client was asked to agree to, and the answer. Never changed. */
export interface PlanVersion {
  id: string;
  carePlanId: string;
  clientId: string;
  number: number;
  contentHash: string;
  content: PlanContent;
  effectiveFrom: string;
  clientAgreed: boolean;
  declineReason: string | null;
  recordedAt: Date;
  recordedBy: string;
}

/** The goals as they are now, and the version that the client answered to last. */
export interface PlanState {
  content: PlanContent;
  hasActiveGoal: boolean;
  hasOpenGoal: boolean;
  latest: Pick<PlanVersion, 'number' | 'contentHash' | 'clientAgreed' | 'effectiveFrom'> | null;
}
