import type { ConsentStatus } from '@throughline/privacy';

/**
 * Copy of a consent from its facts: for lists and for finding referrals that depend on it. A release never uses
 * it: that is decided on the answer of the owner at that moment.
 */
export interface ConsentScope {
  consentId: string;
  clientId: string;
  status: Extract<ConsentStatus, 'ACTIVE' | 'SUPERSEDED' | 'REVOKED' | 'EXPIRED'>;
  recipientAgencyIds: string[];
  recipientClasses: string[];
  purposes: string[];
  version: number;
}
