import {
  consentExpired,
  consentRecorded,
  consentRevoked,
  consentSuperseded,
  uuidV7,
  type Fact,
} from '@throughline/events';
import { endOfDay, today, type Consent as ConsentElements, type Moment } from '@throughline/privacy';

/** A consent as it is kept: the elements of the form, and what the system knows beside them. */
export interface Consent extends Mutable<ConsentElements> {
  language: string | null;
  interpreterUsed: boolean;
  recordedAt: Date;
  recordedBy: string;
  revocationMethod: 'WRITTEN' | 'ORAL' | null;
  supersededById: string | null;
  version: number;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** What was signed, before it has an id and a status. */
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
  | 'version'
>;

export interface Outcome {
  consent: Consent;
  fact: Fact;
}

/** The draft as a consent in force: what is to be checked, and kept when nothing is missing. */
export function activate(draft: ConsentDraft, staffId: string, now: Date): Consent {
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
    version: 1,
  };
}

export function recorded(consent: Consent, now: Date): Fact {
  return consentRecorded.of(consent.clientId, now, scopeOf(consent));
}

/** Replaces a consent in force; null when it is not in force. The newer one counts from the same commit on. */
export function supersede(old: Consent, next: Consent, now: Date): { old: Consent; fact: Fact } | null {
  if (old.status !== 'ACTIVE') return null;
  return {
    old: { ...old, status: 'SUPERSEDED', supersededById: next.id, version: old.version + 1 },
    fact: consentSuperseded.of(next.clientId, now, { ...scopeOf(next), supersededId: old.id }),
  };
}

/** Whether a court forbids to revoke the consent today, in the time zone of the program. Source: 42 CFR 2.35. */
export function isIrrevocable({ kind, irrevocableUntil }: Consent, at: Moment): boolean {
  return kind === 'CRIMINAL_JUSTICE_2_35' && irrevocableUntil !== null && today(at) < irrevocableUntil;
}

/**
 * From `now` on nothing may leave under it; null when it is not in force or cannot be revoked yet.
 * Spoken words stop as much as written ones. Source: infra/reference/domain.md 3.11.
 */
export function revoke(consent: Consent, method: 'WRITTEN' | 'ORAL', at: Moment): Outcome | null {
  if (consent.status !== 'ACTIVE' || isIrrevocable(consent, at)) return null;
  const { now } = at;
  const revokedAt = now.toISOString();
  const changed: Consent = {
    ...consent,
    status: 'REVOKED',
    revokedAt,
    revocationMethod: method,
    version: consent.version + 1,
  };
  return { consent: changed, fact: consentRevoked.of(consent.clientId, now, endedOf(changed, revokedAt)) };
}

/** Its last day is over; null when it is not in force, has no last day, or the day is not over yet. */
export function expire(consent: Consent, { now, timeZone }: Moment): Outcome | null {
  const endsAt = endOf(consent, timeZone);
  if (consent.status !== 'ACTIVE' || endsAt === null || now < endsAt) return null;
  const changed: Consent = { ...consent, status: 'EXPIRED', version: consent.version + 1 };
  const ended = endedOf(changed, endsAt.toISOString());
  return { consent: changed, fact: consentExpired.of(consent.clientId, now, ended) };
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
    kind: consent.kind,
    recipientAgencyIds: consent.recipients.flatMap(({ agencyId }) => agencyId ?? []),
    recipientClasses: consent.recipients.flatMap(({ classCode }) => classCode ?? []),
    purposes: [...consent.purposes],
    categories: consent.categories.filter((label) => !consent.excludes.includes(label)),
    expiresOn: consent.expiry.kind === 'DATE' ? consent.expiry.date : null,
    version: consent.version,
  };
}

function endedOf({ id, clientId, version }: Consent, endedAt: string) {
  return { consentId: id, clientId, endedAt, version };
}
