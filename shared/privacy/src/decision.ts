import type { DenyCode } from './access-reason.ts';
import type { Consent, ConsentKind } from './consent.ts';
import type { FieldName } from './field.ts';
import type { SenderDisplay } from './implied-labels.ts';
import type { DataLabel } from './label.ts';
import type { Notice } from './notice.ts';
import type { RedisclosureRule } from './redisclosure.ts';
import type { VisibilityStage } from './stage.ts';

/** A withheld field, and the reason. */
export interface DeniedField {
  field: FieldName;
  code: DenyCode;
  explanation: string;
}

/** Basis on which a label was released. Source: infra/reference/domain.md 3.7 check 8, 3.10. */
export type LegalBasis =
  'PART2_CONSENT' | 'TPO_CONSENT' | 'SPECIFIC_CONSENT' | 'HIPAA_AUTHORIZATION' | 'COURT_CONSENT';

/** One line for the ledger. */
export interface LabelBasis {
  label: DataLabel;
  basis: LegalBasis;
  consentId: string;
}

/**
 * The common part of both permits; the caller writes it to the ledger before anything is disclosed (check 12).
 */
interface Released {
  stage: VisibilityStage;
  fields: readonly FieldName[];
  /** Every label of the disclosed data, with implied labels. */
  labels: readonly DataLabel[];
  consentIds: readonly string[];
  legalBasis: readonly LabelBasis[];
  /** Present if Part 2 data is disclosed; must go with it. Source: 42 CFR 2.32. */
  notice: Notice | null;
  redisclosureRule: RedisclosureRule;
  /** The scope of the consent in words, without personal data. Source: 42 CFR 2.32(b). */
  scopeSummary: string;
  senderDisplay: SenderDisplay;
  policyVersion: string;
}

/** Everything that was asked for may be disclosed. */
export interface Permit extends Released {
  kind: 'PERMIT';
  denied: readonly [];
}

/** A part may be disclosed. */
export interface PermitRedacted extends Released {
  kind: 'PERMIT_REDACTED';
  denied: readonly DeniedField[];
}

/** Nothing may be disclosed. */
export interface Deny {
  kind: 'DENY';
  stage: VisibilityStage;
  fields: readonly [];
  denied: readonly DeniedField[];
  codes: readonly DenyCode[];
  senderDisplay: 'NEUTRAL';
  /** The agency has received this referral before: id and status may still be shown, nothing else. */
  mayShowTombstone: boolean;
}

/** Decision about a disclosure. Source: infra/reference/domain.md 3.7. */
export type DisclosureDecision = Permit | PermitRedacted | Deny;

const basisByKind: Partial<Record<ConsentKind, LegalBasis>> = {
  SINGLE_TPO: 'TPO_CONSENT',
  HIPAA_AUTHORIZATION: 'HIPAA_AUTHORIZATION',
  CRIMINAL_JUSTICE_2_35: 'COURT_CONSENT',
};

/** The legal basis a consent gives to a label. Source: infra/reference/domain.md 3.7 check 8. */
export function basisOf(consent: Consent, label: DataLabel): LegalBasis {
  const basis = basisByKind[consent.kind] ?? 'SPECIFIC_CONSENT';
  return label === 'SUD' && basis !== 'COURT_CONSENT' ? 'PART2_CONSENT' : basis;
}
