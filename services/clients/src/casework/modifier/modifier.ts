/** What makes a case heavier and follows from nothing else in the record. Source: infra/reference/domain.md 1.4. */
export type CaseModifier = 'JUSTICE_RELEASE_LT_30D' | 'MINOR_WITH_CUSTODY_ISSUE' | 'RURAL_TRAVEL';

/** All modifiers that staff said of a case. */
export interface CaseModifiers {
  caseId: string;
  clientId: string;
  modifiers: CaseModifier[];
  changedAt: Date;
  changedBy: string;
  version: number;
}
