import type { PopulationGroup } from '../../workforce/case-manager/whom-and-where.ts';

/** What the system does with a rule. */
export type AttentionKind = 'REQUIRED' | 'OFFERED' | 'WARNED' | 'FORBIDDEN';

/** When a rule speaks, beyond that the client belongs to the group. The conditions themselves stand in `attention.ts`. */
export type Condition =
  | 'ALWAYS'
  | 'GUARDIAN_SIGNS'
  | 'NO_GUARDIAN'
  | 'MINOR_SIGNS_ALONE'
  | 'NO_SCHOOL'
  | 'SIGNS_ALONE'
  | 'NO_LIVING_SITUATION'
  | 'NO_ADDRESS'
  | 'NO_PLACE_TO_FIND'
  | 'HELD_WITHOUT_RELEASE'
  | 'RELEASE_IN_90'
  | 'RELEASE_IN_60'
  | 'RELEASE_IN_30'
  | 'RELEASED_7'
  | 'RELEASED_14'
  | 'NO_PRIMARY_CARE'
  | 'NO_INTERPRETER'
  | 'INTERPRETER'
  | 'NO_BLOCKED_AGENCY'
  | 'NO_ACCESSIBILITY'
  | 'CONTACT_PROHIBITED';

export interface PopulationRule {
  code: string;
  /** Null: for everybody. */
  group: PopulationGroup | null;
  kind: AttentionKind;
  when: Condition;
  reason: string;
}

const rule = (
  group: PopulationGroup | null,
  kind: AttentionKind,
  code: string,
  [when, reason]: [Condition, string],
): PopulationRule => ({ code, group, kind, when, reason });

/** What each group changes, as data. Source: infra/reference/domain.md 4.7. */
export const populationRules: readonly PopulationRule[] = [
  rule('CHILD_YOUTH', 'REQUIRED', 'GUARDIAN_SIGNATURE', [
    'GUARDIAN_SIGNS',
    'A guardian must sign each consent.',
  ]),
  rule('CHILD_YOUTH', 'REQUIRED', 'GUARDIAN_UNKNOWN', [
    'NO_GUARDIAN',
    'No guardian is recorded among the support persons.',
  ]),
  rule('CHILD_YOUTH', 'REQUIRED', 'CONSENT_AUTHORITY', [
    'MINOR_SIGNS_ALONE',
    'A minor cannot sign alone without a law that says so: check who may consent.',
  ]),
  rule('CHILD_YOUTH', 'OFFERED', 'SCHOOL_CONTACT', ['NO_SCHOOL', 'No school is recorded.']),
  rule('CHILD_YOUTH', 'WARNED', 'MINOR_PROTECTED', [
    'ALWAYS',
    'What a minor may consent to alone is kept from guardians.',
  ]),
  rule('CHILD_YOUTH', 'WARNED', 'MANDATED_REPORTING', [
    'ALWAYS',
    'Suspected abuse or neglect must be reported.',
  ]),
  rule('CHILD_YOUTH', 'FORBIDDEN', 'ADULT_INSTRUMENT', ['ALWAYS', 'Instruments for adults are not scored.']),
  rule('OLDER_ADULT', 'OFFERED', 'CAPACITY_CHECK', [
    'SIGNS_ALONE',
    'Ask about a power of attorney and the capacity to consent.',
  ]),
  rule('OLDER_ADULT', 'OFFERED', 'DEPRESSION_GDS_15', ['ALWAYS', 'The GDS-15 fits the age.']),
  rule('OLDER_ADULT', 'WARNED', 'FALLS_AND_MEDICINES', ['ALWAYS', 'Falls and many medicines are a risk.']),
  rule('OLDER_ADULT', 'WARNED', 'ADULT_PROTECTIVE_SERVICES', [
    'ALWAYS',
    'Suspected abuse, neglect or exploitation must be reported.',
  ]),
  rule('HOMELESS', 'REQUIRED', 'LIVING_SITUATION', [
    'NO_LIVING_SITUATION',
    'The HMIS living situation is not recorded.',
  ]),
  rule('HOMELESS', 'REQUIRED', 'PLACE_TO_FIND', [
    'NO_PLACE_TO_FIND',
    'No telephone, shelter or place of outreach is recorded.',
  ]),
  rule('HOMELESS', 'FORBIDDEN', 'ASK_FOR_ADDRESS', [
    'NO_ADDRESS',
    'Nothing depends on an address: do not ask for one, and send no letters.',
  ]),
  rule('HOMELESS', 'OFFERED', 'DOCUMENT_REPLACEMENT', ['ALWAYS', 'Identity documents may need replacement.']),
  rule('JUSTICE_INVOLVED', 'REQUIRED', 'RELEASE_DATE', [
    'HELD_WITHOUT_RELEASE',
    'The day of release is not known.',
  ]),
  rule('JUSTICE_INVOLVED', 'REQUIRED', 'RELEASE_PLAN_90', [
    'RELEASE_IN_90',
    'Release within 90 days: begin to plan.',
  ]),
  rule('JUSTICE_INVOLVED', 'REQUIRED', 'RELEASE_PLAN_60', [
    'RELEASE_IN_60',
    'Release within 60 days: housing, insurance, medication.',
  ]),
  rule('JUSTICE_INVOLVED', 'REQUIRED', 'RELEASE_PLAN_30', [
    'RELEASE_IN_30',
    'Release within 30 days: book the appointment after release.',
  ]),
  rule('JUSTICE_INVOLVED', 'REQUIRED', 'APPOINTMENT_AFTER_RELEASE', [
    'RELEASED_7',
    'An appointment is due within 7 days after release.',
  ]),
  rule('JUSTICE_INVOLVED', 'WARNED', 'OVERDOSE_RISK', [
    'RELEASED_14',
    'The risk of overdose is highest in the first 14 days.',
  ]),
  rule('JUSTICE_INVOLVED', 'OFFERED', 'CONSENT_2_35', [
    'ALWAYS',
    'A court may need a consent under 42 CFR 2.35.',
  ]),
  rule('CHRONIC_ILLNESS', 'REQUIRED', 'PRIMARY_CARE', [
    'NO_PRIMARY_CARE',
    'No primary care is recorded among the support persons.',
  ]),
  rule('CHRONIC_ILLNESS', 'OFFERED', 'MEDICATION_RECONCILIATION', ['ALWAYS', 'Compare all medicines.']),
  rule('SUBSTANCE_USE', 'WARNED', 'PART2', ['ALWAYS', '42 CFR part 2 protects what tells of substance use.']),
  rule('SUBSTANCE_USE', 'OFFERED', 'NALOXONE', ['ALWAYS', 'Offer naloxone.']),
  rule('SUBSTANCE_USE', 'OFFERED', 'MOUD', [
    'ALWAYS',
    'Offer medication for opioid use disorder where it fits.',
  ]),
  rule('MENTAL_HEALTH', 'OFFERED', 'SAFETY_PLAN', ['ALWAYS', 'Offer a safety plan.']),
  rule('MENTAL_HEALTH', 'WARNED', 'FOLLOW_UP', [
    'ALWAYS',
    'Follow-up is due within 7 days after a hospital or an emergency department.',
  ]),
  rule('PREGNANT_POSTPARTUM', 'REQUIRED', 'PRIORITY_ADMISSION', ['ALWAYS', 'Admission comes first.']),
  rule('VETERAN', 'OFFERED', 'VA_ELIGIBILITY', [
    'ALWAYS',
    'Services of the Department of Veterans Affairs may be open.',
  ]),
  rule('IPV_SURVIVOR', 'WARNED', 'SAFETY_BLOCK', [
    'NO_BLOCKED_AGENCY',
    'Ask which agencies must never receive anything.',
  ]),
  rule('LEP', 'REQUIRED', 'INTERPRETER', [
    'NO_INTERPRETER',
    'Record the language, and that an interpreter is needed.',
  ]),
  rule('DISABILITY', 'REQUIRED', 'ACCESSIBILITY', ['NO_ACCESSIBILITY', 'Ask what makes a place accessible.']),
  rule('LGBTQ', 'OFFERED', 'AFFIRMING_CARE', ['ALWAYS', 'Offer services that are safe and welcoming.']),
  rule('CO_OCCURRING', 'OFFERED', 'JOINT_TREATMENT', [
    'ALWAYS',
    'Treat substance use and mental health together.',
  ]),
  rule(null, 'REQUIRED', 'BOOK_INTERPRETER', [
    'INTERPRETER',
    'An interpreter must be present at each contact.',
  ]),
  rule(null, 'FORBIDDEN', 'CONTACT', [
    'CONTACT_PROHIBITED',
    'Nobody contacts the person: no call, no letter, no reminder.',
  ]),
];
