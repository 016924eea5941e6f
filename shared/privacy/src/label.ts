/**
 * Sensitivity labels: every record and field has a set of them, never a level. Source:
 * infra/reference/domain.md 3.6.
 */
export const dataLabels = [
  'DIR',
  'ID',
  'CONTACT',
  'SOCIAL',
  'HEALTH',
  'MH',
  'SUD',
  'SUD_NOTE',
  'PSYTHER_NOTE',
  'IPV',
  'HIV',
  'JUSTICE',
  'MINOR_PROTECTED',
  'IMMIGRATION',
] as const;

/** One sensitivity label. Source: infra/reference/domain.md 3.6. */
export type DataLabel = (typeof dataLabels)[number];

/** Labels that no consent opens to a partner. Source: infra/reference/domain.md 3.6, 3.7 check 8; 42 CFR 2.31(b). */
export const neverReleasedLabels: ReadonlySet<DataLabel> = new Set([
  'SUD_NOTE',
  'PSYTHER_NOTE',
  'IMMIGRATION',
]);

/** Labels that need their own category in a specific consent; a TPO consent never covers them. Source: infra/reference/domain.md 3.7 check 8. */
export const specificConsentLabels: ReadonlySet<DataLabel> = new Set([
  'IPV',
  'HIV',
  'JUSTICE',
  'MINOR_PROTECTED',
]);
