import { aClinic, aConsent, aDetox, aReferral, aShelter, anInput, aTpoConsent, noon } from './builders.ts';
import type { Consent } from './consent.ts';
import { decideDisclosure } from './disclosure.ts';
import { fieldNames, type FieldName } from './field.ts';
import { releasableFields } from './field-policy.ts';
import type { DataLabel } from './label.ts';
import { referralStatuses, visibilityStage, type ReferralStatus } from './stage.ts';
import { agencyTypes, type Recipient } from './agency.ts';
import { needCategories, type NeedCategory } from './need.ts';

/** The columns of the matrix: what the person consented to. */
const columns = {
  A: null,
  B: ['ID', 'CONTACT', 'SOCIAL'],
  C: ['ID', 'CONTACT', 'SOCIAL', 'HEALTH', 'MH'],
  D: ['ID', 'CONTACT', 'SOCIAL', 'HEALTH', 'MH', 'SUD'],
} satisfies Record<string, DataLabel[] | null>;
type Column = keyof typeof columns;

const rows = {
  envelope: [
    'referral.id',
    'referral.status',
    'referral.priority',
    'referral.dates',
    'referral.requestedService',
  ],
  coarse: [
    'person.ageBand',
    'person.county',
    'person.zip3',
    'person.language',
    'person.householdSize',
    'person.insuranceType',
    'person.accessibility',
  ],
  name: ['person.name'],
  identity: ['person.dateOfBirth', 'person.phone', 'person.safeContact'],
  category: ['need.category'],
  reason: ['need.reasonText'],
  documents: ['eligibility.documents'],
  health: ['clinical.diagnoses', 'clinical.medications'],
  mentalHealth: ['clinical.mentalHealthScreens'],
  sud: ['clinical.sudDiagnoses', 'clinical.asamRatings', 'clinical.sudScreens', 'clinical.moud'],
  never: [
    'notes.sudCounseling',
    'notes.psychotherapy',
    'internal.note',
    'internal.siblingReferrals',
    'internal.riskTier',
    'internal.otherAgencies',
    'internal.careTeam',
  ],
} satisfies Record<string, FieldName[]>;
type Row = keyof typeof rows;

function seen(
  recipient: Recipient,
  column: Column,
  status: ReferralStatus,
  over: Partial<Parameters<typeof aReferral>[0]> = {},
) {
  const categories = columns[column];
  const tpo = recipient.hipaaStatus !== 'NON_HIPAA';
  const consents: Consent[] = categories
    ? [tpo ? aTpoConsent({ categories }) : aConsent({ categories })]
    : [];
  const needCategory: NeedCategory = recipient.agencyType === 'CLINIC' ? 'PRIMARY_CARE' : 'HOMELESSNESS';
  const decision = decideDisclosure(
    anInput({
      recipient,
      consents,
      purpose: tpo ? 'TREATMENT' : 'REFERRAL_HOUSING',
      referral: aReferral({ agencyId: recipient.agencyId, status, needCategory, ...over }),
      requested: fieldNames,
    }),
  );
  const visible = (row: Row) =>
    rows[row].every((field) => (decision.fields as readonly FieldName[]).includes(field));
  const partly = (row: Row) =>
    rows[row].some((field) => (decision.fields as readonly FieldName[]).includes(field));
  const shown = (Object.keys(rows) as Row[]).filter((row) => partly(row));
  const whole = shown.every((row) => row === 'envelope' || visible(row));
  return { shown, whole, sender: decision.senderDisplay, decision };
}

const need: Row[] = ['envelope', 'coarse', 'category'];
const accepted: Row[] = ['envelope', 'coarse', 'name', 'identity', 'category', 'reason', 'documents'];
const closed = { closedAt: new Date('2026-11-01T00:00:00Z') };

describe('The visibility matrix', () => {
  it.each<[string, Recipient, Column, ReferralStatus, Row[], string]>([
    ['shelter', aShelter(), 'A', 'SENT', [], 'NEUTRAL'],
    ['shelter', aShelter(), 'A', 'ACCEPTED', [], 'NEUTRAL'],
    ['shelter', aShelter(), 'A', 'COMPLETED', [], 'NEUTRAL'],
    ['shelter', aShelter(), 'B', 'SENT', need, 'NEUTRAL'],
    ['shelter', aShelter(), 'B', 'RECEIVED', need, 'NEUTRAL'],
    ['shelter', aShelter(), 'B', 'INFO_REQUESTED', need, 'NEUTRAL'],
    ['shelter', aShelter(), 'B', 'ACCEPTED', accepted, 'NEUTRAL'],
    ['shelter', aShelter(), 'B', 'ON_HOLD', accepted, 'NEUTRAL'],
    ['shelter', aShelter(), 'C', 'IN_PROGRESS', accepted, 'NEUTRAL'],
    ['shelter', aShelter(), 'D', 'SENT', need, 'NEUTRAL'],
    ['shelter', aShelter(), 'D', 'ACCEPTED', accepted, 'PROGRAM_NAME'],
    ['shelter', aShelter(), 'B', 'COMPLETED', ['envelope', 'name'], 'NEUTRAL'],
    ['shelter', aShelter(), 'D', 'COMPLETED', ['envelope', 'name'], 'PROGRAM_NAME'],
    ['shelter', aShelter(), 'D', 'DECLINED', ['envelope'], 'NEUTRAL'],
    ['shelter', aShelter(), 'D', 'CANCELLED', ['envelope'], 'NEUTRAL'],
    ['clinic', aClinic(), 'A', 'ACCEPTED', [], 'NEUTRAL'],
    ['clinic', aClinic(), 'C', 'SENT', need, 'NEUTRAL'],
    ['clinic', aClinic(), 'C', 'ACCEPTED', [...accepted, 'health'], 'NEUTRAL'],
    ['clinic', aClinic(), 'D', 'ACCEPTED', [...accepted, 'health', 'sud'], 'PROGRAM_NAME'],
    ['detox', aDetox(), 'B', 'SENT', [], 'NEUTRAL'],
    ['detox', aDetox(), 'C', 'ACCEPTED', [], 'NEUTRAL'],
    ['detox', aDetox(), 'D', 'SENT', need, 'PROGRAM_NAME'],
    ['detox', aDetox(), 'D', 'EXPIRED', ['envelope'], 'NEUTRAL'],
  ])('%# a %s sees the rows of its column', (...[, recipient, column, status, expected, sender]) => {
    const result = seen(recipient, column, status, closed);
    expect(result.shown).toEqual(expected);
    expect(result.whole).toBe(true);
    expect(result.sender).toBe(sender);
  });

  it('shows a clinic under column B its need only if health may be named', () => {
    expect(seen(aClinic(), 'B', 'ACCEPTED').decision.fields).not.toContain('need.category');
  });

  it('shows mental-health screens to a clinic only for a mental-health need', () => {
    const mental = { needCategory: 'MENTAL_HEALTH_TREATMENT' } as const;
    expect(seen(aClinic(), 'C', 'ACCEPTED', mental).shown).toContain('mentalHealth');
    expect(seen(aClinic(), 'B', 'ACCEPTED', mental).decision.kind).toBe('DENY');
  });

  it('shows a detox program ASAM ratings once it has accepted', () => {
    const { fields } = seen(aDetox(), 'D', 'ACCEPTED').decision;
    expect(fields).toEqual(expect.arrayContaining(['clinical.asamRatings', 'clinical.moud', 'person.name']));
    expect(fields).not.toContain('clinical.mentalHealthScreens');
  });

  it('shows documents at stage 1 only as an answer', () => {
    expect(seen(aShelter(), 'B', 'RECEIVED', { infoAnswered: true }).shown).toContain('documents');
  });

  it('keeps the name for 30 days after closing', () => {
    const closedAt = new Date(noon.getTime() - 31 * 24 * 3600_000);
    expect(seen(aShelter(), 'B', 'COMPLETED', { closedAt }).shown).toEqual(['envelope']);
    expect(seen(aShelter(), 'B', 'COMPLETED', { closedAt: null }).shown).toEqual(['envelope']);
  });

  it('leaves id and status when a referral was withdrawn, expired, in error or closed for want of consent', () => {
    for (const status of ['CANCELLED', 'EXPIRED', 'ENTERED_IN_ERROR'] as const)
      expect(seen(aShelter(), 'D', status).decision.fields).toEqual(['referral.id', 'referral.status']);
    const { fields } = seen(aShelter(), 'D', 'CLOSED_UNRESOLVED', {
      closeReason: 'CONSENT_REVOKED',
    }).decision;
    expect(fields).toEqual(['referral.id', 'referral.status']);
  });
});

describe('The field policy', () => {
  it('knows a stage for all 17 states', () => {
    expect(referralStatuses).toHaveLength(17);
    expect(
      Object.fromEntries(referralStatuses.map((status) => [status, visibilityStage(status)])),
    ).toMatchObject({
      DRAFT: 'NONE',
      PENDING_CONSENT: 'NONE',
      SENT: 1,
      RECEIVED: 1,
      INFO_REQUESTED: 1,
      ACCEPTED: 2,
      WAITLISTED: 2,
      SCHEDULED: 2,
      NO_SHOW: 2,
      IN_PROGRESS: 2,
      ON_HOLD: 2,
      COMPLETED: 'CLOSED',
      CLOSED_UNRESOLVED: 'CLOSED',
      DECLINED: 'CLOSED',
      CANCELLED: 'TOMBSTONE',
      EXPIRED: 'TOMBSTONE',
      ENTERED_IN_ERROR: 'TOMBSTONE',
    });
    expect(visibilityStage('SOMETHING_NEW' as ReferralStatus)).toBe('NONE');
  });

  it.each(agencyTypes)('never holds notes or internal fields for %s, and no field twice', (agencyType) => {
    for (const stage of [1, 2, 'CLOSED', 'TOMBSTONE', 'NONE'] as const)
      for (const needCategory of needCategories) {
        const open = { infoAnswered: true, identityBeforeDecision: true, nameAfterClosure: true };
        const fields = releasableFields(agencyType, stage, needCategory, open);
        expect(fields.filter((field) => /^(notes|internal)\./.test(field))).toEqual([]);
        expect(new Set(fields).size).toBe(fields.length);
      }
  });

  it.each([
    'SHELTER',
    'HOUSING',
    'FOOD',
    'TRANSPORT',
    'BENEFITS',
    'EMPLOYMENT',
    'ID_DOCS',
    'LEGAL_AID',
    'PEER',
    'SCHOOL',
    'EMPLOYER',
    'LANDLORD',
    'CORRECTIONS',
    'OTHER',
  ] as const)('holds nothing clinical for %s', (agencyType) => {
    const fields = releasableFields(agencyType, 2, 'MENTAL_HEALTH_TREATMENT');
    expect(fields.filter((field) => field.startsWith('clinical.'))).toEqual([]);
  });
});
