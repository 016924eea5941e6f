import type { Recipient } from './agency.ts';
import type { Consent, ConsentingClient, IsoInstant } from './consent.ts';
import type { LegalRole } from './coverage.ts';
import type { FieldName } from './field.ts';
import type { DataLabel } from './label.ts';
import type { NeedCategory } from './need.ts';
import type { Purpose } from './purpose.ts';
import type { ReferralStatus } from './stage.ts';

/**
 * Input of the disclosure decision; the caller reads it, the decision does no I/O. Source:
 * infra/reference/domain.md 3.7.
 */
export interface DisclosureInput {
  /** `null`: nobody is signed in. A PARTNER is bound to exactly one agency. */
  actor: { kind: 'STAFF' | 'PARTNER' | 'SYSTEM'; id: string; agencyId?: string } | null;
  sender: Sender;
  recipient: Recipient;
  purpose: Purpose;
  referral: ReferralFacts;
  client: ClientPrivacy;
  /** All consents of the client; the decision chooses. */
  consents: readonly Consent[];
  /**
   * When the consents were read from their owner, or that reading failed. Older than 60 s counts as not read.
   */
  basis: { verifiedAt: IsoInstant } | 'UNVERIFIABLE';
  /** When left out, everything that the policy permits. An "entire record" is always refused. */
  requested?: readonly FieldName[] | 'ENTIRE_RECORD';
  /** The answer does not show who sent it, so that the name of the sender discloses nothing. */
  withoutSenderName?: boolean;
  /** Labels of the records behind a field, in addition to the labels of the field itself. */
  recordLabels?: Partial<Record<FieldName, readonly DataLabel[]>>;
  legalRole?: LegalRole;
  now: Date;
}

/** The organisation that discloses. */
export interface Sender {
  organizationId: string;
  /** IANA name; the days on its consents are days there. */
  timeZone: string;
  isPart2Program: boolean;
  /** Can appear under a network name with a neutral callback number (caller id, e-mail domain, letterhead). Source: infra/reference/domain.md 3.8. */
  canBeNeutral: boolean;
}

/** The referral as the decision needs it. To ask before sending, pass the state it would have: `SENT`. */
export interface ReferralFacts {
  agencyId: string;
  status: ReferralStatus;
  /** The cancel or close reason. After one that ends disclosure, a tombstone is left. */
  closeReason: string | null;
  closedAt: Date | null;
  needCategory: NeedCategory;
  /** Sensitive categories of the service itself: SUD, MH, IPV, HIV ... */
  serviceLabels: readonly DataLabel[];
  /** The sender has answered a request for information, so documents may be disclosed at stage 1. */
  infoAnswered: boolean;
}

/**
 * Privacy and safety of the client, from the record. Source: infra/reference/domain.md 3.7 check 4, 3.7 check
 * 5.
 */
export interface ClientPrivacy extends ConsentingClient {
  restrictAll: boolean;
  /** Nobody outside may contact the person: contact fields are withheld. */
  contactProhibited: boolean;
  /** The person lives at a protected address: place fields are withheld. */
  safeAddress: boolean;
  /** Agencies that must never receive anything, e.g. because somebody dangerous works there. */
  blockedAgencyIds: readonly string[];
}
