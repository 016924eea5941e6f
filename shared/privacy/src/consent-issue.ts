/** One missing or invalid element of a consent. `source` is the rule, `message` names nobody. */
export interface ConsentIssue {
  element: ConsentElement;
  code: ConsentIssueCode;
  message: string;
  source: string;
}

/** The elements of a consent, as the form and 42 CFR 2.31(a) know them. */
export type ConsentElement =
  | 'patient'
  | 'disclosers'
  | 'information'
  | 'recipients'
  | 'intermediary'
  | 'purposes'
  | 'statements'
  | 'expiry'
  | 'signature'
  | 'signedAt'
  | 'authority'
  | 'kind'
  | 'status';

/** Fault of an element. */
export type ConsentIssueCode =
  'MISSING' | 'INVALID' | 'NOT_COMBINABLE' | 'IN_FUTURE' | 'EXPIRED' | 'REVOKED' | 'NOT_ACTIVE';

/** Shorthand: every issue has the same four parts. */
export function issue(
  element: ConsentElement,
  code: ConsentIssueCode,
  message: string,
  source = '42 CFR 2.31(a)',
): ConsentIssue {
  return { element, code, message, source };
}
