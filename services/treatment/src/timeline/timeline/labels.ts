import { dataLabels, labelsOfNeed, type DataLabel, type NeedCategory } from '@throughline/privacy';
import type { EntityManager } from 'typeorm';
import type { SubjectType } from './timeline.ts';

type Labels = readonly DataLabel[];

/** What each kind of subject says by itself. A fact that is not about health says nothing by its subject. */
const bySubject: Readonly<Partial<Record<SubjectType, Labels>>> = {
  Client: ['ID'],
  CaseFile: [],
  ContactEntry: ['CONTACT'],
  Inquiry: ['ID'],
  Consent: ['ID'],
  Need: ['SOCIAL'],
  SubstanceUseEntry: ['SUD'],
  ReturnToUse: ['SUD'],
  LocAssessment: ['SUD'],
  ReferralRequest: [],
  Referral: [],
  Notification: [],
};

const byInstrument: Readonly<Record<string, Labels>> = {
  ...of(['PHQ-2', 'PHQ-9', 'PHQ-A', 'GAD-7', 'C-SSRS', 'GDS-15', 'EPDS', 'PC-PTSD-5'], ['MH']),
  ...of(['AUDIT', 'AUDIT-C', 'DAST-10', 'CAGE-AID', 'CRAFFT'], ['SUD']),
  ...of(['AHC-HRSN', 'PRAPARE'], ['SOCIAL']),
};

const byEpisode: Readonly<Record<string, Labels>> = { SUD: ['SUD'], MH: ['MH'], CO_OCCURRING: ['MH', 'SUD'] };

const byCrisis: Readonly<Record<string, Labels>> = {
  ...of(['SUICIDE_RISK', 'PSYCHOSIS'], ['MH']),
  ...of(['OVERDOSE', 'WITHDRAWAL_RISK'], ['SUD']),
};

const byReason: Readonly<Record<string, Labels>> = {
  ...of(['MENTAL_HEALTH', 'SELF_HARM'], ['MH']),
  ...of(['SUBSTANCE_USE', 'OVERDOSE'], ['SUD']),
};

function of(codes: readonly string[], labels: Labels): Record<string, Labels> {
  return Object.fromEntries(codes.map((code) => [code, labels]));
}

/** What decides the labels of a record. */
export type Origin = 'INSTRUMENT' | 'NEED' | 'EPISODE' | 'CRISIS' | 'REASON' | 'LABEL';

const byOrigin: Record<Origin, (code: string) => Labels | undefined> = {
  INSTRUMENT: (code) => byInstrument[code],
  NEED: (code) => labelsOfNeed(code as NeedCategory),
  EPISODE: (code) => byEpisode[code],
  CRISIS: (code) => byCrisis[code],
  REASON: (code) => byReason[code],
  // The record has labels of its own.
  LABEL: (code) => dataLabels.filter((label) => label === code),
};

/**
 * The labels of an entry: of the record that it is about, where this service knows it, otherwise of its kind of subject.
 * A clinical record without more has HEALTH. Source: infra/reference/domain.md 3.6.
 */
export function labelsOf(
  subject: SubjectType,
  known: readonly { origin: Origin; code: string }[],
): DataLabel[] {
  const found = known.flatMap(({ origin, code }) => byOrigin[origin](code) ?? []);
  const own: Labels = bySubject[subject] ?? ['HEALTH'];
  return [...new Set(found.length > 0 ? found : own)];
}

/** Subjects whose records say more than their kind. */
const asked: readonly SubjectType[] = [
  ...(['Screening', 'Need', 'Goal', 'CrisisAlert', 'Episode', 'Stay'] as const),
  ...(['AftercarePlan', 'FollowUpObligation', 'ProgressNote', 'Visit'] as const),
  ...(['AftercareContact', 'LostContactDecision', 'CareTransition', 'SupportEnd'] as const),
  ...(['Diagnosis', 'Medication', 'TreatmentRecommendation', 'ClientDocument'] as const),
];

export interface KnownSubject {
  subjectType: SubjectType;
  subjectId: string;
}

/** The labels of each subject: one statement for all of them. */
export async function labelsOfSubjects(
  tx: EntityManager,
  subjects: readonly KnownSubject[],
): Promise<(subject: KnownSubject) => DataLabel[]> {
  const ids = subjects.flatMap(({ subjectType, subjectId }) =>
    asked.includes(subjectType) ? subjectId : [],
  );
  const rows =
    ids.length === 0 ? [] : await tx.query<{ id: string; origin: Origin; code: string }[]>(ORIGINS, [ids]);
  const byId = Map.groupBy(rows, ({ id }) => id);
  return ({ subjectType, subjectId }) => labelsOf(subjectType, byId.get(subjectId) ?? []);
}

/** Records of one episode. */
const ofEpisode = [
  'stay',
  'aftercare_plan',
  'follow_up_obligation',
  'aftercare_contact',
  'care_transition',
  'support_end',
].map(
  (table) => `select r.id, 'EPISODE', e.kind from ${table} r join episode e on e.id = r.episode_id
    where r.id = any($1::uuid[])`,
);

/** The comment says that nobody waits for it: tests that count what a request reads leave it out. */
const ORIGINS = `-- reaction
  select id, 'INSTRUMENT' as origin, instrument as code from screening where id = any($1::uuid[])
  union all select id, 'NEED', category from need where id = any($1::uuid[])
  union all select g.id, 'NEED', n.category from goal g join need n on n.id = g.need_id where g.id = any($1::uuid[])
  union all select id, 'CRISIS', cause from crisis_alert where id = any($1::uuid[])
  union all select id, 'EPISODE', kind from episode where id = any($1::uuid[])
  union all select id, 'LABEL', unnest(labels) from diagnosis where id = any($1::uuid[])
  union all select id, 'LABEL', unnest(labels) from medication where id = any($1::uuid[])
  union all select r.id, 'NEED', n.category from treatment_recommendation r join need n on n.id = r.need_id
    where r.id = any($1::uuid[])
  union all select id, 'REASON', unnest(reasons) from visit where id = any($1::uuid[])
  union all select id, 'REASON', 'SUBSTANCE_USE' from visit where medication and id = any($1::uuid[])
  union all select l.id, 'EPISODE', e.kind from lost_contact l join stay s on s.id = l.stay_id
    join episode e on e.id = s.episode_id where l.id = any($1::uuid[])
  union all ${ofEpisode.join(' union all ')}
  union all select id, 'LABEL', unnest(labels) from progress_note where id = any($1::uuid[])
  union all select id, 'LABEL', unnest(labels) from client_document where id = any($1::uuid[])`;
