import { createHash } from 'node:crypto';
import type { Change, Decision } from '@throughline/command/decision';
import {
  consentExpired,
  consentRecorded,
  consentRevoked,
  consentSuperseded,
  uuidV7,
} from '@throughline/events';
import { forbidden, invalidTransition } from '@throughline/graphql/problems';
import { endOfDay, today, type Consent as ConsentElements, type Moment } from '@throughline/privacy';

/** A consent as it is stored: the elements of the form, and what the system adds to them. */
export interface Consent extends Mutable<ConsentElements> {
  language: string | null;
  interpreterUsed: boolean;
  recordedAt: Date;
  recordedBy: string;
  revocationMethod: 'WRITTEN' | 'ORAL' | null;
  supersededById: string | null;
  /** Hash of everything that was signed: a client has no two equal consents in force. Null before this rule. */
  contentHash: string | null;
  version: number;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The signed form, before it has an id and a status. */
export type ConsentDraft = Omit<
  Consent,
  | 'id'
  | 'status'
  | 'revokedAt'
  | 'knownFalse'
  | 'recordedAt'
  | 'recordedBy'
  | 'revocationMethod'
  | 'supersededById'
  | 'contentHash'
  | 'version'
>;

/** A consent of this release: it can be compared with others. */
export interface SignedConsent extends Consent {
  contentHash: string;
}

/** The draft as a consent in force: it is checked, and stored when nothing is missing. */
export function activate(draft: ConsentDraft, staffId: string, now: Date): SignedConsent {
  return {
    ...draft,
    id: uuidV7(now),
    status: 'ACTIVE',
    revokedAt: null,
    knownFalse: false,
    recordedAt: now,
    recordedBy: staffId,
    revocationMethod: null,
    supersededById: null,
    contentHash: createHash('sha256').update(JSON.stringify(draft)).digest('base64url'),
    version: 1,
  };
}

export function recordConsent(consent: Consent, now: Date): Change<Consent, never> {
  return { insert: consent, facts: [consentRecorded.of(consent.clientId, now, scopeOf(consent))] };
}

/** Replaces a consent in force: the newer one counts from the same commit on. */
export function supersede(old: Consent, next: Consent, now: Date): Decision<Consent> {
  if (old.status !== 'ACTIVE') return invalidTransition(old.status, 'supersedeConsent', []);
  return {
    insert: next,
    update: { ...old, status: 'SUPERSEDED', supersededById: next.id },
    facts: [consentSuperseded.of(next.clientId, now, { ...scopeOf(next), supersededId: old.id })],
  };
}

/** Ends a consent in force in favour of another one that is in force already. */
export function replaceBy(old: Consent, other: Consent, now: Date): Change<never, Consent, Consent> {
  return {
    update: { ...old, status: 'SUPERSEDED', supersededById: other.id },
    facts: [consentSuperseded.of(other.clientId, now, { ...scopeOf(other), supersededId: old.id })],
    answer: other,
  };
}

/** Whether a court forbids to revoke the consent today, in the time zone of the program. Source: 42 CFR 2.35. */
export function isIrrevocable({ kind, irrevocableUntil }: Consent, at: Moment): boolean {
  return kind === 'CRIMINAL_JUSTICE_2_35' && irrevocableUntil !== null && today(at) < irrevocableUntil;
}

/**
 * Ends a consent in force, unless a court forbids it today: from the commit on nothing may be disclosed under
 * it. An oral revocation ends it at once, too. Source: infra/reference/domain.md 3.11.
 */
export function revoke(consent: Consent, method: 'WRITTEN' | 'ORAL', at: Moment): Decision<never, Consent> {
  if (isIrrevocable(consent, at))
    return forbidden(`A court order keeps this consent in force until ${consent.irrevocableUntil ?? ''}.`);
  if (consent.status !== 'ACTIVE') return invalidTransition(consent.status, 'revokeConsent', []);
  const revokedAt = at.now.toISOString();
  const update: Consent = { ...consent, status: 'REVOKED', revokedAt, revocationMethod: method };
  return { update, facts: [consentRevoked.of(consent.clientId, at.now, endedOf(consent))] };
}

/** Ends a consent whose last day is over; null when it is not in force, has no last day, or the day is not over. */
export function expire(consent: Consent, { now, timeZone }: Moment): Change<never, Consent> | null {
  const endsAt = endOf(consent, timeZone);
  if (consent.status !== 'ACTIVE' || endsAt === null || now < endsAt) return null;
  return {
    update: { ...consent, status: 'EXPIRED' },
    facts: [consentExpired.of(consent.clientId, now, endedOf(consent))],
  };
}

/** The first moment after the last day, in the program's time zone; null without a last day. */
export function endOf({ expiry }: Consent, timeZone: string): Date | null {
  if (expiry.kind !== 'DATE' || expiry.date === null) return null;
  return endOfDay(expiry.date, timeZone);
}

function scopeOf(consent: Consent) {
  return {
    consentId: consent.id,
    clientId: consent.clientId,
    recipientAgencyIds: consent.recipients.flatMap(({ agencyId }) => agencyId ?? []),
    recipientClasses: consent.recipients.flatMap(({ classCode }) => classCode ?? []),
    purposes: [...consent.purposes],
    version: consent.version,
  };
}

/** The fact has the version after the change. */
function endedOf({ id, clientId, version }: Consent) {
  return { consentId: id, clientId, version: version + 1 };
}
