import { addDays } from '@throughline/privacy';
import type { StaffPlan } from './plan.ts';
import { turn } from './seeded.ts';

/** What a member of staff can do, as an input of `recordStaff`. */
export interface ProfilePlan {
  education: { degree: string; field: string; institution: string; year: number }[];
  settings: string[];
  populations: string[];
  gender: string;
  fte: number;
  hours: { day: string; from: string; to: string }[];
  onCall: boolean;
}

export interface CredentialPlan {
  typeCode: string;
  number: string;
  issuedOn: string;
  expiresOn: string;
  /** Hours of continuing education of the present cycle; 0: none. */
  hours: number;
  verified: boolean;
}

const degrees = [
  ['Bachelor', 'Nursing'],
  ['Master', 'Social work'],
  ['Master', 'Counseling'],
  ['Bachelor', 'Psychology'],
] as const;
const schools = ['Riverbend State University', 'Lakeview College', 'Northern City University'];
const settings = [['OUTPATIENT_CLINIC'], ['SHELTER', 'COMMUNITY'], ['CORRECTIONAL_FACILITY'], ['HOSPITAL']];
const groups = [
  ['SUBSTANCE_USE', 'CO_OCCURRING'],
  ['HOMELESS', 'VETERAN'],
  ['CHILD_YOUTH'],
  ['OLDER_ADULT', 'CHRONIC_ILLNESS'],
  ['JUSTICE_INVOLVED'],
  ['MENTAL_HEALTH', 'CHRONIC_ILLNESS'],
];
const weekdays = ['MON', 'TUE', 'WED', 'THU', 'FRI'];

/** The `index`th person of the staff: degrees, places of work and groups take turns. */
export function profileOf(index: number, roles: readonly string[]): ProfilePlan {
  const [degree, field] = turn(degrees, index);
  const leads = roles.includes('CASE_MANAGER');
  return {
    education: [{ degree, field, institution: turn(schools, index), year: 2004 + (index % 15) }],
    settings: leads ? turn(settings, index) : [],
    populations: leads ? turn(groups, index) : [],
    gender: index % 2 === 0 ? 'FEMALE' : 'MALE',
    fte: turn([1, 1, 0.8, 1, 0.6], index),
    hours: weekdays.map((day) => ({ day, from: '08:30', to: '17:00' })),
    onCall: index % 6 === 0,
  };
}

/** Days to the last day: one credential ends in a week, one soon, one is in its days of grace. */
const ends = [420, 6, 1_100, 52, 700, -9, 160];
const types = ['CCM', 'LCSW', 'CCM', 'CADC', 'RN', 'CCM', 'CRC'];
const months: Readonly<Record<string, number>> = { CCM: 60, CRC: 60 };

/** Credentials of a case manager. Every fourth is a trainee without one; every ninth waits for somebody to verify it. */
export function credentialsOf({ roles }: StaffPlan, index: number, today: string): CredentialPlan[] {
  if (!roles.includes('CASE_MANAGER') || index % 4 === 3) return [];
  const typeCode = turn(types, index);
  const expiresOn = addDays(today, turn(ends, index));
  const issuedOn = addDays(expiresOn, -Math.round((months[typeCode] ?? 24) * 30.4));
  const number = `${typeCode}-${String(40_210 + index * 37)}`;
  const hours = typeCode === 'CCM' ? 24 + (index % 5) * 8 : 0;
  return [{ typeCode, number, issuedOn, expiresOn, hours, verified: index % 9 !== 8 }];
}
