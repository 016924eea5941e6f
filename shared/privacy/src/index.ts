export * from './access-reason.ts';
export * from './age.ts';
export * from './agency.ts';
export * from './consent.ts';
export * from './day.ts';
export type { ConsentElement, ConsentIssue, ConsentIssueCode } from './consent-issue.ts';
export { consentIssues, elementIssues, isExpired, isValid } from './consent-validity.ts';
export { coverage, type CoverageRequest, type LabelCoverage, type LegalRole } from './coverage.ts';
export type {
  Deny,
  DeniedField,
  DisclosureDecision,
  LabelBasis,
  LegalBasis,
  Permit,
  PermitRedacted,
} from './decision.ts';
export { decideDisclosure } from './disclosure.ts';
export type { ClientPrivacy, DisclosureInput, ReferralFacts, Sender } from './disclosure-input.ts';
export { fieldNames, labelsOfField, type FieldName } from './field.ts';
export { fieldPolicyVersion, releasableFields, type PolicyCircumstances } from './field-policy.ts';
export { impliedLabels, labelsOfService, senderDisplay, type SenderDisplay } from './implied-labels.ts';
export * from './label.ts';
export * from './need.ts';
export { notices, type Notice } from './notice.ts';
export * from './purpose.ts';
export { redisclosureRule, type RedisclosureRule } from './redisclosure.ts';
export * from './stage.ts';
