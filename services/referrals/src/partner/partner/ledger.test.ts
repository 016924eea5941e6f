import fc from 'fast-check';
import { needCategories, type DataLabel } from '@throughline/privacy';
import type { Agency } from '../../directory/agency/agency.ts';
import type { Service } from '../../directory/directory-service/directory-service.ts';
import { aConsentFor, basisOf, id } from '../../loop.test-person.ts';
import type { ReleaseBasis, Snapshot } from '../../referral/consent/release-basis.ts';
import { answerFieldNames, answerFields } from '../../referral/disclosure/answer-fields.ts';
import { decideRelease, type ReleaseQuestion } from '../../referral/disclosure/decide-release.ts';
import { aReferral } from '../../referral/referral/builders.ts';
import type { Referral } from '../../referral/referral/referral.ts';
import { answer } from './partner-fields.ts';

const now = new Date();
const person = { clientId: id(), caseId: id(), needId: id(), consents: [] };
const agencyId = id();
const nothing: Partial<Snapshot> = {
  ...{ pronouns: null, dateOfBirth: null, ageBand: null, county: null, zip3: null, language: null },
  ...{ householdSize: null, insuranceType: null, livingSituation: null, phone: null },
};

interface Case {
  /** A clinic, detox or hospital is reached by a consent for treatment, a shelter by one of its own. */
  agencyType: 'SHELTER' | 'CLINIC' | 'DETOX' | 'HOSPITAL';
  referral: Partial<Referral>;
  categories: DataLabel[];
  known: (keyof Snapshot)[];
}

function questionOf({ agencyType, referral, categories, known }: Case): ReleaseQuestion {
  const tpo = agencyType !== 'SHELTER';
  const purpose = tpo ? 'TREATMENT' : 'REFERRAL_HOUSING';
  const consent = { ...aConsentFor(person, [agencyId]), categories, purposes: [purpose] } as ReturnType<
    typeof aConsentFor
  >;
  if (tpo) Object.assign(consent, { kind: 'SINGLE_TPO' });
  const full = basisOf(person) as unknown as ReleaseBasis;
  const unknown = Object.entries(nothing).filter(([name]) => !known.includes(name as keyof Snapshot));
  return {
    actor: { kind: 'PARTNER', id: id(), agencyId },
    referral: { ...aReferral({ agencyId, clientId: person.clientId, purpose }), ...referral },
    agency: {
      ...{
        id: agencyId,
        status: 'ACTIVE',
        timeZone: 'UTC',
        isPart2Program: false,
        needsIdentityToDecide: false,
      },
      ...{
        agreements: [{ type: 'MOU', from: '2020-01-01', to: null }],
        hipaaStatus: tpo ? 'COVERED_ENTITY' : 'NON_HIPAA',
      },
      agencyType,
    } as Agency,
    service: { id: id(), name: 'Beds', sensitiveCategory: null } as Service,
    basis: {
      ...full,
      verifiedAt: now.toISOString(),
      consents: [consent],
      snapshot: { ...full.snapshot, ...Object.fromEntries(unknown) },
    },
    now,
  };
}

const cases = fc.record<Case>({
  agencyType: fc.constantFrom('SHELTER', 'CLINIC', 'DETOX', 'HOSPITAL'),
  referral: fc.record({
    status: fc.constantFrom('SENT', 'INFO_REQUESTED', 'ACCEPTED', 'IN_PROGRESS', 'COMPLETED', 'CANCELLED'),
    needCategory: fc.constantFrom(...needCategories),
    reasonText: fc.constantFrom(null, 'Needs a place'),
    answer: fc.constantFrom(null, 'Yes'),
    infoAnswered: fc.boolean(),
  }),
  categories: fc.subarray<DataLabel>(['ID', 'CONTACT', 'SOCIAL', 'HEALTH', 'MH', 'SUD'], { minLength: 3 }),
  known: fc.subarray(Object.keys(nothing) as (keyof Snapshot)[]),
});
const asked = fc.record({ fields: fc.subarray(answerFieldNames), senderName: fc.boolean() });

describe('a line of the ledger', () => {
  it('has the fields of the partner\u2019s answer that are not null, and no other', () => {
    let released = 0;
    fc.assert(
      fc.property(cases, asked, (chosen, { fields, senderName }) => {
        const question = questionOf(chosen);
        const view = { ...question, decision: decideRelease(question), entry: null };
        const shown = fields.filter((name) => answer(view, name) !== null);
        const line = decideRelease({ ...question, asked: { fields, senderName } });
        expect([...line.fields].sort()).toEqual(
          [...new Set(shown.map((name) => answerFields[name].opens))].sort(),
        );
        if (line.fields.length > 2) released += 1;
      }),
      { numRuns: 1000 },
    );
    expect(released).toBeGreaterThan(100);
  });

  const atClinic = (status: 'SENT' | 'ACCEPTED', fields = answerFieldNames, senderName = true) =>
    decideRelease({
      ...questionOf({
        agencyType: 'CLINIC',
        referral: { status, needCategory: 'PRIMARY_CARE' },
        categories: ['ID', 'CONTACT', 'SOCIAL', 'HEALTH', 'SUD'],
        known: ['ageBand', 'dateOfBirth', 'phone'],
      }),
      asked: { fields, senderName },
    });

  it('of a referral to primary care under a consent for treatment does not say SUD', () => {
    const line = atClinic('SENT');
    expect(line).toMatchObject({ kind: 'PERMIT_REDACTED', notice: null });
    expect('labels' in line && [...line.labels].sort()).toEqual(['HEALTH', 'ID', 'SOCIAL']);
    expect(line.fields).toContain('person.ageBand');
    expect(line.fields.filter((field) => field.startsWith('clinical.'))).toEqual([]);
  });

  it('says SUD where the answer shows the name of a Part 2 program, and not where it does not', () => {
    expect(atClinic('ACCEPTED')).toMatchObject({ labels: expect.arrayContaining(['SUD']) as string[] });
    const unnamed = atClinic('ACCEPTED', answerFieldNames, false);
    expect('labels' in unnamed && unnamed.labels).not.toContain('SUD');
  });
});
