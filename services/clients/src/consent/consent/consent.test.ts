import fc from 'fast-check';
import { activate, endOf, expire, isIrrevocable, revoke, supersede, type Consent } from './consent.ts';

const now = new Date('2026-11-23T12:00:00Z');
const at = (moment: Date) => ({ now: moment, timeZone: 'UTC' });
const hour = 3_600_000;
const id = (n: number) => `0193a000-0000-7000-8000-00000000000${n}`;

function aConsent(changes: Partial<Consent> = {}): Consent {
  const draft = {
    clientId: id(1),
    kind: 'SPECIFIC_DISCLOSURE' as const,
    patientNameAsSigned: 'Rosalind Ferro',
    disclosers: [{ organizationId: id(2), classText: null }],
    infoDescription: 'Name and need',
    categories: ['ID' as const, 'SOCIAL' as const],
    excludes: ['SOCIAL' as const],
    recipients: [{ agencyId: id(3), classCode: null }],
    intermediary: null,
    purposes: ['REFERRAL_HOUSING' as const],
    statements: {
      ...{ revocation: true, hipaaRedisclosure: false, tpoRedisclosure: false },
      ...{ refusalConsequences: false, fundraisingOptOut: false },
    },
    expiry: { kind: 'DATE' as const, date: '2026-12-31', eventText: null, eventOccurredAt: null },
    signatures: [
      { by: 'Rosalind Ferro', capacity: 'PATIENT' as const, method: 'WET' as const, authorityDocId: null },
    ],
    signedAt: '2026-11-01T10:00:00.000Z',
    identityBeforeDecision: false,
    permitsRedisclosure: false,
    irrevocableUntil: null,
    jurisdiction: null,
    language: null,
    interpreterUsed: false,
  };
  return { ...activate(draft, id(9), now), ...changes };
}

const on = (date: string): Partial<Consent> => ({
  expiry: { kind: 'DATE', date, eventText: null, eventOccurredAt: null },
});

describe('the last day of a consent', () => {
  it.each([
    ['2026-12-31', 'UTC', '2027-01-01T00:00:00.000Z'],
    ['2026-12-31', 'America/New_York', '2027-01-01T05:00:00.000Z'],
    ['2026-07-04', 'America/New_York', '2026-07-05T04:00:00.000Z'],
    ['2026-03-07', 'America/New_York', '2026-03-08T05:00:00.000Z'],
    ['2026-03-08', 'America/New_York', '2026-03-09T04:00:00.000Z'],
    ['2026-10-31', 'America/New_York', '2026-11-01T04:00:00.000Z'],
    ['2026-11-01', 'America/New_York', '2026-11-02T05:00:00.000Z'],
    ['2026-12-31', 'Asia/Kolkata', '2026-12-31T18:30:00.000Z'],
  ])('%s in %s is over at %s', (date, timeZone, at) => {
    expect(endOf(aConsent(on(date)), timeZone)?.toISOString()).toBe(at);
  });

  it('does not exist when the consent ends with an event', () => {
    const expiry = { kind: 'EVENT' as const, date: null, eventText: 'Release', eventOccurredAt: null };
    expect(endOf(aConsent({ expiry }), 'UTC')).toBeNull();
  });
});

describe('a consent in force', () => {
  it('is revoked, and the fact has the version after it', () => {
    expect(revoke(aConsent(), 'ORAL', at(now))).toMatchObject({
      update: { status: 'REVOKED', revokedAt: now.toISOString() },
      facts: [{ data: { version: 2 } }],
    });
  });

  it('is not revoked while a court forbids it', () => {
    const court = aConsent({ kind: 'CRIMINAL_JUSTICE_2_35', irrevocableUntil: '2026-11-24' });
    expect(isIrrevocable(court, at(now))).toBe(true);
    expect(revoke(court, 'WRITTEN', at(now))).toMatchObject({ kind: 'Forbidden' });
    expect(revoke(court, 'WRITTEN', at(new Date(now.getTime() + 24 * hour)))).toHaveProperty('update');
  });

  it('expires after its last day and not before', () => {
    const consent = aConsent(on('2026-11-22'));
    const inNewYork = (moment: Date) => ({ now: moment, timeZone: 'America/New_York' });
    expect(expire(consent, inNewYork(new Date('2026-11-23T04:59:59Z')))).toBeNull();
    expect(expire(consent, inNewYork(now))?.update?.status).toBe('EXPIRED');
  });

  it('is replaced by one whose fact names what counts now', () => {
    const [old, next] = [aConsent(), aConsent({ id: id(5) })];
    const named = { supersededId: old.id, recipientAgencyIds: [id(3)] };
    expect(supersede(old, next, now)).toMatchObject({
      insert: next,
      update: { status: 'SUPERSEDED', supersededById: id(5) },
      facts: [{ data: { consentId: id(5), ...named } }],
    });
  });
});

describe('the life of a consent', () => {
  type Step = (consent: Consent, at: Date) => object | null;
  const steps: Record<string, Step> = {
    revoke: (consent, moment) => revoke(consent, 'WRITTEN', at(moment)),
    supersede: (consent, moment) => supersede(consent, aConsent({ id: id(5) }), moment),
    expire: (consent, moment) => expire(consent, at(moment)),
  };
  const after = (consent: Consent, step: string, hours: number): Consent | undefined => {
    const decision = steps[step]?.(consent, new Date(now.getTime() + hours * hour));
    return decision && 'update' in decision ? (decision.update as Consent) : undefined;
  };
  const walk = fc.array(fc.tuple(fc.constantFrom(...Object.keys(steps)), fc.nat(60 * 24)));

  it('ends once and for ever', () => {
    fc.assert(
      fc.property(walk, (path) => {
        let consent = aConsent();
        for (const [step, hours] of path) {
          const next = after(consent, step, hours);
          if (!next) continue;
          expect(consent.status).toBe('ACTIVE');
          expect(next.status).not.toBe('ACTIVE');
          consent = next;
        }
      }),
    );
  });

  it('never changes what was signed', () => {
    fc.assert(
      fc.property(walk, (path) => {
        const signed = aConsent();
        const end = path.reduce((consent, [step, hours]) => after(consent, step, hours) ?? consent, signed);
        for (const element of [
          'categories',
          'recipients',
          'purposes',
          'signatures',
          'expiry',
          'signedAt',
        ] as const)
          expect(end[element]).toEqual(signed[element]);
      }),
    );
  });
});
