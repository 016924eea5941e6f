import type { MeasureCode, MeasureSpec } from './measure-code.ts';

/** EACH: rows are events. DAYS, WEEKS: rows are stretches of them. STANDING: rows are what stands at some time of the period. */
export type Counting = 'EACH' | 'DAYS' | 'WEEKS' | 'STANDING';

/** What is said of a measure. */
export interface Definition {
  code: MeasureCode;
  name: string;
  denominator: string;
  numerator: string;
  exclusions: string | null;
  counting: Counting;
  /** Unit of the median; null: the measure is a rate only. */
  unit: 'MINUTES' | 'DAYS' | null;
  isBetter: 'HIGHER' | 'LOWER';
  /** Versions of its rules; a number is counted with one of them. */
  specs: readonly { spec: MeasureSpec; version: string }[];
  source: string;
  /** Whether its rows are about members of staff and not about clients. */
  isAboutStaff: boolean;
  /** Why it has no figures yet; null when it has. */
  notYet: string | null;
}

const external = 'infra/reference/domain.md 5.1';
const own = 'infra/reference/domain.md 5.2';
const aligned = (name: string): string => `${name}-aligned indicator (not an NCQA-certified HEDIS rate)`;

type Texts = Pick<Definition, 'name' | 'denominator' | 'numerator'> & Partial<Definition>;

function define(code: string, texts: Texts): Definition {
  return { ...usual, ...texts, code: code as MeasureCode };
}

const usual = {
  isAboutStaff: false,
  ...{ exclusions: null, counting: 'EACH', unit: null, isBetter: 'HIGHER', notYet: null, source: own },
  specs: [{ spec: 'ALIGNED', version: '1' }],
} as const satisfies Partial<Definition>;

const rates = {
  FUH: [
    'Discharges from psychiatric hospital care, age from 6',
    'Care for mental health on days 1',
    'Death, hospice, a setting with a bed within 30 days',
  ],
  FUM: [
    'First emergency visits in 31 days for mental health or self-harm, age from 6',
    'Care for mental health on days 0',
    'Death, hospice, a setting with a bed within 30 days',
  ],
  FUA: [
    'First emergency visits in 31 days for substance use or an overdose, age from 13',
    'Care for substance use on days 0',
    'Death, hospice, a setting with a bed within 30 days',
  ],
} as const;

const followUp = (name: keyof typeof rates, days: 7 | 30) => {
  const [denominator, numerator, exclusions] = rates[name];
  return define(`${name}_${String(days)}`, {
    ...{ name: `${aligned(name)}, ${String(days)} days`, denominator, exclusions, source: external },
    numerator: `${numerator} to ${String(days)}`,
  });
};

const iet = (code: string, about: Pick<Definition, 'name' | 'numerator'>) =>
  define(code, {
    ...about,
    denominator:
      'New episodes of substance use, age from 13. HEDIS_IET: each episode with none in the 194 days before. CMS137: the first of a client in the period, none in the 60 days before, begun at least 47 days before the end',
    ...{ exclusions: 'Hospice; HEDIS_IET: death', source: external },
    specs: [
      { spec: 'HEDIS_IET', version: '1' },
      { spec: 'CMS137', version: '1' },
    ],
  });

const contactAfter = (code: string, time: string) =>
  define(code, {
    ...{
      name: `Contact within ${time} after a discharge`,
      numerator: `Somebody reached the client within ${time}; attempts do not count`,
    },
    ...{
      denominator: 'Discharges from a setting with a bed',
      exclusions: 'Death or a return before the time is over',
    },
  });

const score = (tool: string, kind: 'response' | 'remission') => ({
  name: `${tool}: ${kind}`,
  denominator: `Clients with a ${tool} of 10 or more and a later one`,
  numerator:
    kind === 'response' ? 'The last score is at most half of the first' : 'The last score is below 5',
});

const sentReferrals = 'Referrals that were sent in the period and not entered in error';

/** Every measure, in the order in which they are listed. Source: infra/reference/domain.md 5.1, 5.2. */
export const catalogue: readonly Definition[] = [
  ...([7, 30] as const).map((days) => followUp('FUH', days)),
  ...([7, 30] as const).map((days) => followUp('FUM', days)),
  ...([7, 30] as const).map((days) => followUp('FUA', days)),
  iet('IET_INITIATION', {
    name: `${aligned('IET')}, initiation`,
    numerator: 'A first service within 14 days, the day of the episode included',
  }),
  iet('IET_ENGAGEMENT', {
    name: `${aligned('IET')}, engagement`,
    numerator: 'Two more services within 34 days after the first',
  }),
  define('SNS', {
    ...{ name: aligned('SNS-E'), denominator: 'Positive screenings for social needs', source: external },
    numerator: 'A referral, advice, guidance or advocacy within 30 days',
  }),
  define('DEPRESSION_SCREENING', {
    name: 'CMS2-aligned indicator (not a certified rate)',
    denominator: 'Visits outside an emergency department, age from 12',
    numerator:
      'Screened for depression on that day or in the 14 days before: negative, or positive with a follow-up until 2 days after the visit',
    ...{ exclusions: 'A history of bipolar disorder', source: external },
  }),
  define('READMISSION', {
    ...{
      name: 'Readmission within 30 days',
      denominator: 'Discharges from a hospital',
      numerator: 'Unplanned return to a hospital within 30 days',
    },
    ...{ exclusions: 'Death, transfer within a day', isBetter: 'LOWER', source: external },
  }),
  define('RELEASE_7', {
    ...{ name: 'Appointment within 7 days after release from custody', denominator: 'Releases from custody' },
    ...{
      numerator: 'Any service or contact within 7 days',
      exclusions: 'Death, hospice',
      source: 'infra/reference/domain.md 5.3',
    },
  }),
  define('AGAINST_ADVICE_24H', {
    ...{
      name: 'Contact within 24 hours after leaving against advice',
      denominator: 'Discharges against advice',
    },
    ...{
      numerator: 'Any service or contact within 24 hours',
      exclusions: 'Death, hospice',
      source: 'infra/reference/domain.md 5.3',
    },
  }),
  define('REFERRAL_RESPONSE', {
    ...{
      name: 'Answer within the limit',
      denominator: `${sentReferrals}, whose limit is over`,
      exclusions: 'Taken back before the limit',
    },
    numerator:
      'Accepted, declined or put on the wait list within the limit, without the time in which the agency waited for an answer',
  }),
  define('REFERRAL_ACCEPTANCE', {
    name: 'Acceptance',
    denominator: 'Referrals that were decided',
    numerator: 'Ever accepted or put on the wait list',
  }),
  define('REFERRAL_FIRST_RESPONSE', {
    name: 'Time to the first response',
    denominator: sentReferrals,
    numerator: 'Acknowledged, asked or decided',
    unit: 'MINUTES',
  }),
  define('REFERRAL_FIRST_RESPONSE_BUSINESS', {
    ...{
      name: 'Time to the first response on business days',
      denominator: sentReferrals,
      numerator: 'Acknowledged, asked or decided',
      unit: 'MINUTES',
    },
  }),
  define('FIRST_CONTACT', {
    name: 'Time to the first contact',
    denominator: 'First calls that led to a client',
    numerator: 'Somebody reached the client afterwards',
    unit: 'MINUTES',
  }),
  define('SERVICE_AFTER_ACCEPTANCE', {
    name: 'Time from acceptance to service',
    denominator: 'Referrals that were accepted',
    numerator: 'The service began',
    unit: 'MINUTES',
  }),
  define('FIRST_APPOINTMENT', {
    name: 'Time to the first appointment offered',
    denominator: 'Episodes with a date of first contact',
    numerator: 'An appointment was offered',
    unit: 'DAYS',
  }),
  define('LOOP_CLOSURE', {
    ...{
      name: 'Closed loops',
      denominator: 'Referrals that were sent more than 90 days ago',
      exclusions: 'Another agency took the place',
    },
    numerator: 'Completed, closed without a solution, or declined',
  }),
  define('NEED_RESOLVED', {
    name: 'Service received',
    denominator: 'Requests with a referral that was sent',
    numerator: 'The client received a service',
  }),
  define('REROUTE_RESCUE', {
    name: 'Rescue by another referral',
    denominator: 'Requests with a referral that was declined or expired',
    numerator: 'The client received a service',
  }),
  define('NO_SHOW', {
    name: 'Missed appointments',
    denominator: 'Appointments that were kept or missed',
    numerator: 'Missed',
    isBetter: 'LOWER',
  }),
  contactAfter('CONTACT_24H', '24 hours'),
  contactAfter('CONTACT_72H', '72 hours'),
  contactAfter('CONTACT_7D', '7 days'),
  contactAfter('CONTACT_30D', '30 days'),
  define('CRISIS_ACKNOWLEDGEMENT', {
    name: 'Time until a crisis is taken over',
    denominator: 'Crises',
    numerator: 'Taken over in time',
    unit: 'MINUTES',
  }),
  define('CADENCE', {
    name: 'Contacts in the rhythm of the tier',
    denominator: 'Weeks of clients with an open case',
    numerator: 'Weeks with the contacts of the tier',
    counting: 'WEEKS',
  }),
  define('PLAN_QUALITY', {
    name: 'Quality of plans',
    denominator: 'Active goals',
    numerator: 'With measure, target, date and words of the client',
    counting: 'STANDING',
  }),
  define('PHQ9_RESPONSE', score('PHQ-9', 'response')),
  define('PHQ9_REMISSION', score('PHQ-9', 'remission')),
  define('GAD7_RESPONSE', score('GAD-7', 'response')),
  define('GAD7_REMISSION', score('GAD-7', 'remission')),
  define('HOUSING_EXIT', {
    name: 'A home at discharge',
    denominator: 'Episodes with both answers about living',
    numerator: 'Lives in a home of their own at discharge',
  }),
  define('EMPLOYMENT_GAIN', {
    name: 'Gain of employment',
    denominator: 'Episodes with both answers, without full-time work at admission',
    numerator: 'More work at discharge',
  }),
  define('DAYS_USED', {
    name: 'Days of use in the past 30',
    denominator: 'Episodes with both answers for the same primary substance',
    numerator: 'Fewer days at discharge',
    unit: 'DAYS',
  }),
  define('CASELOAD_OVER', {
    isAboutStaff: true,
    name: 'Caseloads over the limit',
    denominator: 'Days of members of staff with a caseload',
    numerator: 'Days over the limit',
    counting: 'DAYS',
    isBetter: 'LOWER',
  }),
  define('CONSENT_BLOCKED', {
    name: 'Referrals that waited for a consent',
    denominator: 'Referrals that were submitted or sent',
    numerator: 'Waited for a consent',
    isBetter: 'LOWER',
  }),
  define('DISCLOSURE_WITHOUT_BASIS', {
    name: 'Disclosures without a valid basis',
    denominator: 'Disclosures',
    numerator: 'Neither a consent nor an emergency allowed it; there must be none',
    isBetter: 'LOWER',
  }),
];

const byCode = new Map(catalogue.map((one) => [one.code, one]));

export function definitionOf(code: MeasureCode): Definition {
  const found = byCode.get(code);
  if (!found) throw new Error(`no measure ${code}`);
  return found;
}
