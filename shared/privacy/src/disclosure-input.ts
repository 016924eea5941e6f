import type { Recipient } from './agency.ts';
import type { Consent, ConsentingClient, IsoInstant } from './consent.ts';
import type { LegalRole } from './coverage.ts';
import type { FieldName } from './field.ts';
import type { DataLabel } from './label.ts';
import type { NeedCategory } from './need.ts';
import type { Purpose } from './purpose.ts';
import type { ReferralStatus } from './stage.ts';

/** Everything the disclosure decision looks at; the caller reads, the decision does not. Source: infra/reference/domain.md 3.7. */
export interface DisclosureInput {
  /** `null`: nobody is signed in. A PARTNER is bound to exactly one agency. */
  actor: { kind: 'STAFF' | 'PARTNER' | 'SYSTEM'; id: string; agencyId?: string } | null;
  sender: Sender;
  recipient: Recipient;
  purpose: Purpose;
  referral: ReferralFacts;
  client: ClientPrivacy;
  /** All consents of the client; the decision picks. */
  consents: readonly Consent[];
  /** When the consents were read from their owner, or that they could not be. Older than 60 s counts as not read. */
  basis: { verifiedAt: IsoInstant } | 'UNVERIFIABLE';
  /** Left out: everything the policy allows. An "entire record" is always refused. */
  requested?: readonly FieldName[] | 'ENTIRE_RECORD';
  /** Labels found on the records behind a field, added to those the field carries by its nature. */
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
  /** The sender has answered a request for information, so documents may go at stage 1. */
  infoAnswered: boolean;
}

/** What the client's record says about privacy and safety. Source: infra/reference/domain.md 3.7 check 4, 3.7 check 5. */
export interface ClientPrivacy extends ConsentingClient {
  restrictAll: boolean;
  /** Nobody outside may contact the person: contact fields are withheld. */
  contactProhibited: boolean;
  /** The person lives at a protected address: place fields are withheld. */
  safeAddress: boolean;
  /** Agencies that must never receive anything, e.g. because somebody dangerous works there. */
  blockedAgencyIds: readonly string[];
}
