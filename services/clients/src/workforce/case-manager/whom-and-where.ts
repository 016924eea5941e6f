/** Groups of clients with rules of their own. Source: infra/reference/domain.md 4.7. */
export type PopulationGroup =
  | 'CHILD_YOUTH'
  | 'OLDER_ADULT'
  | 'HOMELESS'
  | 'JUSTICE_INVOLVED'
  | 'CHRONIC_ILLNESS'
  | 'SUBSTANCE_USE'
  | 'MENTAL_HEALTH'
  | 'PREGNANT_POSTPARTUM'
  | 'VETERAN'
  | 'IPV_SURVIVOR'
  | 'LEP'
  | 'DISABILITY'
  | 'LGBTQ'
  | 'CO_OCCURRING';

const careSettings = [
  'HOSPITAL',
  'PSYCH_HOSPITAL',
  'EMERGENCY_DEPT',
  'REHABILITATION_CENTER',
  'RESIDENTIAL_SUD',
  'DETOX',
  'OPIOID_TREATMENT_PROGRAM',
  'OUTPATIENT_CLINIC',
  'CORRECTIONAL_FACILITY',
  'NURSING_HOME',
  'SHELTER',
  'RECOVERY_RESIDENCE',
  'COMMUNITY',
  'HOME',
  'SCHOOL',
  'TELEHEALTH',
] as const;

/** Kinds of places where people live, are treated and are worked with. Source: infra/reference/domain.md 4.7. */
export type CareSetting = (typeof careSettings)[number];

/** Whether the code is a care setting. */
export function isCareSetting(code: string): code is CareSetting {
  return careSettings.some((one) => one === code);
}
