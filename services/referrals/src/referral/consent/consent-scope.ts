import type { ConsentStatus } from '@throughline/privacy';

/**
 * A consent as its facts tell it: for lists and for finding referrals that rely on it. Never asked before a
 * release: that is decided on the owner's own answer, read at that moment.
 */
export interface ConsentScope {
  consentId: string;
  clientId: string;
  kind: string;
  status: Extract<ConsentStatus, 'ACTIVE' | 'SUPERSEDED' | 'REVOKED' | 'EXPIRED'>;
  recipientAgencyIds: string[];
  recipientClasses: string[];
  purposes: string[];
  categories: string[];
  expiresOn: string | null;
  version: number;
}
