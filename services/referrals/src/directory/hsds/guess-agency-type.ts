import type { AgencyType } from '@throughline/privacy';

/** The most telling first. Only names that leave no doubt; a wrong guess would open the wrong fields. */
const patterns: readonly [RegExp, AgencyType][] = [
  [/\b(detox|withdrawal management)/i, 'DETOX'],
  [/\b(methadone|opioid treatment)/i, 'OTP'],
  [/\b(legal (aid|services)|law (center|clinic)|public defender)\b/i, 'LEGAL_AID'],
  [/\b(homeless shelter|emergency shelter|rescue mission)\b/i, 'SHELTER'],
  [/\bhousing (authority|agency|department)\b/i, 'HOUSING'],
  [/\b(food (bank|pantry)|soup kitchen|meals on wheels)\b/i, 'FOOD'],
  [/\b(nursing (home|center)|skilled nursing)\b/i, 'NURSING_HOME'],
  [/\bhospital\b/i, 'HOSPITAL'],
  [/\b(health center|medical center|community clinic|health clinic)\b/i, 'CLINIC'],
  [/\b(elementary|middle|high) school\b/i, 'SCHOOL'],
  [/\b(correctional|department of corrections|jail|prison)\b/i, 'CORRECTIONS'],
  [/\b(workforce|career center|employment services)\b/i, 'EMPLOYMENT'],
  [/\b(paratransit|transit authority)\b/i, 'TRANSPORT'],
  [/\b(social security administration|department of children and families)\b/i, 'BENEFITS'],
];

/**
 * What kind of agency this may be, by its name; OTHER when in doubt. Its legal standing is never guessed: it stays
 * NON_HIPAA until a person has said otherwise.
 */
export function guessAgencyType(name: string): AgencyType {
  return patterns.find(([pattern]) => pattern.test(name))?.[1] ?? 'OTHER';
}
