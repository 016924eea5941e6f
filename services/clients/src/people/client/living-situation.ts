/** Kinds of living situation of HUD HMIS. Source: infra/reference/domain.md 7.2. */
export type LivingGroup = 'HOMELESS' | 'INSTITUTIONAL' | 'TEMPORARY' | 'PERMANENT' | 'UNKNOWN';

const table: readonly (readonly [code: string, group: LivingGroup, label: string])[] = [
  ['116', 'HOMELESS', 'Place not meant for habitation'],
  ['101', 'HOMELESS', 'Emergency shelter, also a hotel paid with a voucher'],
  ['118', 'HOMELESS', 'Safe haven'],
  ['204', 'INSTITUTIONAL', 'Psychiatric hospital'],
  ['205', 'INSTITUTIONAL', 'Substance use treatment facility or detox'],
  ['206', 'INSTITUTIONAL', 'Hospital or other residential medical facility'],
  ['207', 'INSTITUTIONAL', 'Jail, prison or juvenile detention'],
  ['215', 'INSTITUTIONAL', 'Foster care'],
  ['225', 'INSTITUTIONAL', 'Long-term care facility or nursing home'],
  ['302', 'TEMPORARY', 'Transitional housing for people without a home'],
  ['314', 'TEMPORARY', 'Hotel or motel without a voucher'],
  ['329', 'TEMPORARY', 'Residential project or halfway house'],
  ['332', 'TEMPORARY', 'Host home, not crisis'],
  ['335', 'TEMPORARY', 'Home of a family member'],
  ['336', 'TEMPORARY', 'Home of a friend'],
  ['410', 'PERMANENT', 'Rental without subsidy'],
  ['435', 'PERMANENT', 'Rental with subsidy'],
  ['411', 'PERMANENT', 'Owned without subsidy'],
  ['421', 'PERMANENT', 'Owned with subsidy'],
  ['422', 'PERMANENT', 'With family, permanent'],
  ['423', 'PERMANENT', 'With friends, permanent'],
  ['426', 'PERMANENT', 'HOPWA permanent housing'],
  ['428', 'PERMANENT', 'Rental with GPD TIP subsidy'],
  ['419', 'PERMANENT', 'Rental with VASH subsidy'],
  ['431', 'PERMANENT', 'Rental with rapid re-housing subsidy'],
  ['433', 'PERMANENT', 'Rental with housing choice voucher'],
  ['434', 'PERMANENT', 'Public housing unit'],
  ['420', 'PERMANENT', 'Rental with another ongoing subsidy'],
  ['436', 'PERMANENT', 'Emergency housing voucher'],
  ['437', 'PERMANENT', 'Family unification program voucher'],
  ['438', 'PERMANENT', 'Foster youth to independence voucher'],
  ['439', 'PERMANENT', 'Permanent supportive housing'],
  ['440', 'PERMANENT', 'Other permanent housing for people who had no home'],
  ['17', 'UNKNOWN', 'Other'],
  ['37', 'UNKNOWN', 'The worker cannot tell'],
  ['8', 'UNKNOWN', 'The person does not know'],
  ['9', 'UNKNOWN', 'The person prefers not to answer'],
  ['99', 'UNKNOWN', 'Not collected'],
];

/** The codes of HUD HMIS FY2026 as data. */
export const livingSituations: ReadonlyMap<string, { group: LivingGroup; label: string }> = new Map(
  table.map(([code, group, label]) => [code, { group, label }]),
);

/** Whether the code says that the person has no home. */
export function isWithoutHome(code: string | null): boolean {
  return code !== null && livingSituations.get(code)?.group === 'HOMELESS';
}
