import fc from 'fast-check';
import { agencyTypes, hipaaStatuses, purposesByAgencyType } from './agency.ts';
import { aClient, aConsent, aReferral, aSender, aShelter, anInput, noon } from './builders.ts';
import type { Consent } from './consent.ts';
import { decideDisclosure } from './disclosure.ts';
import type { DisclosureInput } from './disclosure-input.ts';
import { fieldNames, labelsOfField } from './field.ts';
import { releasableFields } from './field-policy.ts';
import { dataLabels, neverReleasedLabels, type DataLabel } from './label.ts';
import { needCategories } from './need.ts';
import type { Purpose } from './purpose.ts';
import { referralStatuses, visibilityStage } from './stage.ts';

const ordinary: DataLabel[] = ['ID', 'CONTACT', 'SOCIAL', 'HEALTH', 'MH', 'SUD'];
/** Mostly permissive, so that most cases release something and the properties are meaningful. */
const categories = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom<DataLabel[]>(
      ordinary,
      ['ID', 'CONTACT', 'SOCIAL'],
      [...ordinary, 'IPV', 'JUSTICE', 'IMMIGRATION'],
    ),
  },
  { weight: 1, arbitrary: fc.subarray([...dataLabels]) },
);

const harbor = { agencyId: 'harbor', classCode: null };
const treating = { agencyId: null, classCode: 'TREATING_PROVIDERS' as const };

const consentFor = (purpose: Purpose, id: string): fc.Arbitrary<Consent> =>
  fc
    .record({
      categories,
      kind: fc.oneof(
        { weight: 4, arbitrary: fc.constant('SPECIFIC_DISCLOSURE' as const) },
        { weight: 1, arbitrary: fc.constantFrom('SINGLE_TPO' as const, 'HIPAA_AUTHORIZATION' as const) },
      ),
      status: fc.oneof(
        { weight: 6, arbitrary: fc.constant('ACTIVE' as const) },
        { weight: 1, arbitrary: fc.constantFrom('REVOKED' as const, 'EXPIRED' as const, 'DRAFT' as const) },
      ),
      recipients: fc.oneof(
        { weight: 3, arbitrary: fc.constant([harbor]) },
        { weight: 1, arbitrary: fc.subarray([harbor, treating]) },
      ),
      identityBeforeDecision: fc.boolean(),
    })
    .map((over) => aConsent({ id, purposes: [purpose], ...over }));

const input: fc.Arbitrary<DisclosureInput> = fc
  .tuple(fc.constantFrom(...agencyTypes), fc.constantFrom(...hipaaStatuses))
  .chain(([agencyType, hipaaStatus]) => {
    const purpose = purposesByAgencyType[agencyType][0];
    return fc
      .record({
        consents: fc.tuple(consentFor(purpose, 'one'), consentFor(purpose, 'two')),
        status: fc.oneof(
          fc.constantFrom(...referralStatuses),
          fc.constantFrom('SENT' as const, 'ACCEPTED' as const),
        ),
        needCategory: fc.constantFrom(...needCategories),
        serviceLabels: fc.oneof(fc.constant([]), fc.subarray([...dataLabels], { maxLength: 1 })),
        recordLabels: fc.dictionary(
          fc.constantFrom(...fieldNames),
          fc.subarray([...dataLabels], { maxLength: 2 }),
          { maxKeys: 4 },
        ),
        sender: fc.record({ isPart2Program: fc.boolean(), canBeNeutral: fc.boolean() }),
        client: fc.record({ contactProhibited: fc.boolean(), safeAddress: fc.boolean() }),
        flags: fc.record({
          needsIdentityToDecide: fc.boolean(),
          isPart2Program: fc.boolean(),
          treatsClient: fc.boolean(),
        }),
        requested: fc.option(fc.subarray(fieldNames), { nil: undefined, freq: 2 }),
        infoAnswered: fc.boolean(),
      })
      .map(({ status, needCategory, serviceLabels, infoAnswered, requested, ...some }) => {
        const agreements = [
          { type: 'MOU' as const, from: '2026-01-01', to: null },
          { type: 'BAA' as const, from: '2026-01-01', to: null },
        ];
        return anInput({
          recipient: aShelter({ agencyType, hipaaStatus, agreements, ...some.flags }),
          purpose,
          consents: some.consents,
          sender: aSender(some.sender),
          client: aClient(some.client),
          referral: aReferral({ status, needCategory, serviceLabels, infoAnswered, closedAt: noon }),
          recordLabels: some.recordLabels,
          ...(requested ? { requested } : {}),
        });
      });
  });

const released = (given: DisclosureInput) => new Set(decideDisclosure(given).fields);
const holds = (property: (given: DisclosureInput) => void) =>
  fc.assert(fc.property(input, property), { numRuns: 2000, seed: 42 });
const narrower: ((consent: Consent, pick: number) => Consent)[] = [
  (consent, pick) => ({ ...consent, categories: without(consent.categories, pick) }),
  (consent, pick) => ({ ...consent, recipients: without(consent.recipients, pick) }),
  (consent, pick) => ({ ...consent, purposes: without(consent.purposes, pick) }),
  (consent, pick) => ({ ...consent, excludes: consent.categories.slice(0, pick) }),
  (consent) => ({ ...consent, status: 'REVOKED' }),
  (consent) => ({ ...consent, revokedAt: noon.toISOString() }),
  (consent) => ({ ...consent, signatures: [] }),
];

function without<T>(list: readonly T[], pick: number): T[] {
  return list.filter((_item, index) => index !== pick % list.length);
}

describe('Whatever the input, a disclosure decision', () => {
  it('releases something often enough for the rest to mean something', () => {
    const permits = fc.sample(input, { numRuns: 1000, seed: 42 }).filter((given) => released(given).size > 2);
    expect(permits.length).toBeGreaterThan(150);
  });

  it('never gains a field when a consent loses a category, a recipient, a purpose, or is revoked', () => {
    fc.assert(
      fc.property(input, fc.nat(6), fc.nat(20), fc.nat(1), (given, way, pick, which) => {
        const narrow = narrower[way]!;
        // A note together with other data makes a consent invalid; without the note the consent would be valid.
        const whole = given.consents.map((consent) => ({
          ...consent,
          categories: consent.categories.filter((label) => !neverReleasedLabels.has(label)),
        }));
        const consents = whole.map((consent, index) => (index === which ? narrow(consent, pick) : consent));
        const before = released({ ...given, consents: whole });
        for (const field of released({ ...given, consents })) expect(before).toContain(field);
      }),
      { numRuns: 5000, seed: 42 },
    );
  });

  it('never releases a note', () => {
    holds((given) => {
      const decision = decideDisclosure(given);
      if (decision.kind !== 'DENY')
        expect(decision.labels.filter((label) => neverReleasedLabels.has(label))).toEqual([]);
      if (decision.stage === 'TOMBSTONE') return;
      for (const field of decision.fields) {
        const labels = [
          ...labelsOfField(field, given.referral.needCategory),
          ...(given.recordLabels?.[field] ?? []),
        ];
        expect(labels.filter((label) => neverReleasedLabels.has(label))).toEqual([]);
      }
    });
  });

  it('releases nothing when it denies, and says why', () => {
    holds((given) => {
      const decision = decideDisclosure(given);
      if (decision.kind === 'DENY') {
        expect(decision.fields).toEqual([]);
        if (given.requested?.length !== 0) expect(decision.codes.length).toBeGreaterThan(0);
      } else expect(decision.fields.length).toBeGreaterThan(0);
    });
  });

  it('releases no field outside the policy', () => {
    holds((given) => {
      const { referral, recipient } = given;
      const allowed = releasableFields(
        recipient.agencyType,
        visibilityStage(referral.status),
        referral.needCategory,
        {
          infoAnswered: referral.infoAnswered,
          identityBeforeDecision: recipient.needsIdentityToDecide,
          nameAfterClosure: referral.status !== 'DECLINED',
        },
      );
      for (const field of released(given)) expect(allowed).toContain(field);
    });
  });

  it('leaves id and status at most when consents ended or the referral was withdrawn', () => {
    holds((given) => {
      const consents = given.consents.map((consent) => ({ ...consent, status: 'REVOKED' as const }));
      const expired = given.consents.map((consent) => ({
        ...consent,
        expiry: { ...consent.expiry, date: '2026-11-22' },
      }));
      const withdrawn = { ...given.referral, status: 'CANCELLED' as const };
      for (const changed of [{ consents }, { consents: expired }, { referral: withdrawn }])
        for (const field of released({ ...given, ...changed }))
          expect(['referral.id', 'referral.status']).toContain(field);
    });
  });

  it('gives an agency outside HIPAA nothing on a TPO consent', () => {
    holds((given) => {
      const consents = given.consents.map((consent) => ({ ...consent, kind: 'SINGLE_TPO' as const }));
      const recipient = { ...given.recipient, hipaaStatus: 'NON_HIPAA' as const };
      for (const field of released({ ...given, recipient, consents }))
        expect(['referral.id', 'referral.status']).toContain(field);
    });
  });

  it('sends the notice with everything under Part 2, and a consent for every label', () => {
    holds((given) => {
      const decision = decideDisclosure(given);
      if (decision.kind === 'DENY' || decision.stage === 'TOMBSTONE') return;
      expect(decision.notice !== null).toBe(decision.labels.includes('SUD'));
      expect(decision.legalBasis.map(({ label }) => label)).toEqual(
        decision.labels.filter((label) => label !== 'DIR'),
      );
      expect(decision.consentIds.length).toBeGreaterThan(0);
    });
  });
});
