import { explain, type DenyCode } from './access-reason.ts';
import { hasAgreement, purposesByAgencyType } from './agency.ts';
import type { Consent } from './consent.ts';
import {
  basisOf,
  type DeniedField,
  type Deny,
  type DisclosureDecision,
  type LabelBasis,
} from './decision.ts';
import type { DisclosureInput } from './disclosure-input.ts';
import { coverageCode, type CoverageRequest } from './coverage.ts';
import { findEvidence, type EvidenceFinder } from './evidence.ts';
import { contactFields, labelsOfField, placeFields, type FieldName } from './field.ts';
import { fieldPolicyVersion, releasableFields } from './field-policy.ts';
import { impliedLabels, labelsOfService, senderDisplay, type SenderDisplay } from './implied-labels.ts';
import { neverReleasedLabels, type DataLabel } from './label.ts';
import { notices } from './notice.ts';
import { redisclosureRule } from './redisclosure.ts';
import { scopeSummary } from './scope-summary.ts';
import { visibilityStage, type VisibilityStage } from './stage.ts';

const day = 24 * 60 * 60 * 1000;
/** Greatest age of a consent that is used for a decision. Source: infra/reference/domain.md 3.7. */
const maxBasisAge = 60_000;

/**
 * Decides whether a referral, and which part of it, may be disclosed to a partner: checks 1 to 11 in order,
 * again at every read. The caller does check 12 and writes the ledger before anything is disclosed; if that
 * fails, nothing is disclosed. Fails closed: what cannot be verified is denied. Source:
 * infra/reference/domain.md 3.7; 42 CFR 2.13, 2.31, 2.33; 45 CFR 164.502(b).
 */
export function decideDisclosure(input: DisclosureInput): DisclosureDecision {
  const stage = visibilityStage(input.referral.status, input.referral.closeReason);
  const stranger = strangerCode(input, stage);
  if (stranger) return deny(stage, [stranger], false);
  if (stage === 'TOMBSTONE') return tombstone(input);

  const refusal = refusalCode(input);
  if (refusal) return deny(stage, [refusal], true);
  return decideFields(input, stage);
}

/** Checks 1 to 3: the viewer, and whether the referral belongs to the viewer's agency. */
function strangerCode(
  { actor, recipient, referral, now }: DisclosureInput,
  stage: VisibilityStage,
): DenyCode | null {
  if (!actor || (actor.kind === 'PARTNER' && !actor.agencyId)) return 'UNAUTHENTICATED';
  if (!hasAgreement(recipient, now)) return 'NO_AGREEMENT';
  const foreign = actor.kind === 'PARTNER' && actor.agencyId !== recipient.agencyId;
  return foreign || referral.agencyId !== recipient.agencyId || stage === 'NONE' ? 'NOT_ADDRESSED' : null;
}

/** The age of the consents, then checks 4 to 6 and the refusal of an entire record. */
function refusalCode(input: DisclosureInput): DenyCode | null {
  const { client, recipient, purpose } = input;
  if (!isFresh(input)) return 'CONSENT_UNVERIFIABLE';
  if (client.restrictAll) return 'RESTRICTED';
  if (client.blockedAgencyIds.includes(recipient.agencyId)) return 'SAFETY_BLOCK';
  if (!purposesByAgencyType[recipient.agencyType].includes(purpose)) return 'PURPOSE_NOT_ALLOWED';
  return input.requested === 'ENTIRE_RECORD' ? 'MIN_NECESSARY' : null;
}

function isFresh({ basis, now }: DisclosureInput): boolean {
  if (basis === 'UNVERIFIABLE') return false;
  // Both directions: a time more than a minute ahead of ours proves as little as one behind. NaN is not fresh.
  return Math.abs(now.getTime() - Date.parse(basis.verifiedAt)) <= maxBasisAge;
}

/** Checks 7 to 11: labels, legal basis, minimum necessary, notice. */
function decideFields(input: DisclosureInput, stage: VisibilityStage): DisclosureDecision {
  const { recipient, sender } = input;
  const evidence = findEvidence(input.consents, requestOf(input));
  const service = labelsOfService(recipient, input.referral);
  const accepted = stage === 2 || (stage === 'CLOSED' && input.referral.status !== 'DECLINED');
  const display =
    input.withoutSenderName && sender.canBeNeutral
      ? 'NEUTRAL'
      : senderDisplay(sender, accepted, service, (label) => evidence(label).permitted);
  const implied = impliedLabels(sender, display, service);

  const policy = new Set(policyFields(input, stage));
  const asked: readonly FieldName[] =
    input.requested === undefined || input.requested === 'ENTIRE_RECORD' ? [...policy] : input.requested;
  const labelsOf = (field: FieldName) => new Set([...ownLabels(field, input), ...implied]);

  const fields: FieldName[] = [];
  const denied: DeniedField[] = [];
  for (const field of new Set(asked)) {
    const code = fieldCode(field, labelsOf(field), { input, policy, evidence });
    if (code) denied.push({ field, code, explanation: explain(code) });
    else fields.push(field);
  }
  if (fields.length === 0)
    return { ...deny(stage, [...new Set(denied.map(({ code }) => code))], true), denied };
  return permit(input, { stage, fields, denied, display, evidence, labels: union(fields.map(labelsOf)) });
}

function requestOf({ client, recipient, purpose, now, sender, legalRole }: DisclosureInput): CoverageRequest {
  return {
    client,
    recipient,
    purpose,
    now,
    timeZone: sender.timeZone,
    disclosedBy: sender.organizationId,
    ...(legalRole ? { legalRole } : {}),
  };
}

function policyFields(input: DisclosureInput, stage: VisibilityStage): readonly FieldName[] {
  const { recipient, referral, consents, now } = input;
  const request = requestOf(input);
  const closedFor = referral.closedAt ? now.getTime() - referral.closedAt.getTime() : Infinity;
  return releasableFields(recipient.agencyType, stage, referral.needCategory, {
    infoAnswered: referral.infoAnswered,
    // Every consent that says so counts: if only the first counted, revoking another one could open the name.
    identityBeforeDecision:
      recipient.needsIdentityToDecide &&
      consents.some(
        (consent) => consent.identityBeforeDecision && coverageCode(consent, request, 'ID') === null,
      ),
    // An agency that declined never got the name, so closing must not disclose it.
    nameAfterClosure: referral.status !== 'DECLINED' && closedFor <= 30 * day,
  });
}

function ownLabels(field: FieldName, { referral, recordLabels }: DisclosureInput): readonly DataLabel[] {
  return [...labelsOfField(field, referral.needCategory), ...(recordLabels?.[field] ?? [])];
}

interface FieldQuestion {
  input: DisclosureInput;
  policy: ReadonlySet<FieldName>;
  evidence: EvidenceFinder;
}

/**
 * The policy comes before the consent: nobody should be asked to consent to data that the agency would not get
 * anyway.
 */
function fieldCode(
  field: FieldName,
  labels: ReadonlySet<DataLabel>,
  question: FieldQuestion,
): DenyCode | null {
  const { input, policy, evidence } = question;
  if ([...labels].some((label) => neverReleasedLabels.has(label))) return 'CATEGORY_NEVER_SHARED';
  if (!policy.has(field)) return 'MIN_NECESSARY';
  const unsafe =
    (input.client.contactProhibited && contactFields.has(field)) ||
    (input.client.safeAddress && placeFields.has(field));
  if (unsafe) return 'SAFETY_BLOCK';
  for (const label of [null, ...labels]) {
    const found = evidence(label);
    if (!found.permitted) return found.code;
  }
  return null;
}

interface Outcome {
  stage: VisibilityStage;
  fields: readonly FieldName[];
  denied: readonly DeniedField[];
  labels: readonly DataLabel[];
  display: SenderDisplay;
  evidence: EvidenceFinder;
}

function permit(input: DisclosureInput, outcome: Outcome): DisclosureDecision {
  const { stage, fields, denied, labels, display, evidence } = outcome;
  const legalBasis: LabelBasis[] = labels.flatMap((label) => {
    const consent = consentOf(evidence, label);
    return consent ? [{ label, basis: basisOf(consent, label), consentId: consent.id }] : [];
  });
  const used = [...new Set([null, ...labels].flatMap((label) => consentOf(evidence, label) ?? []))];
  const released = {
    stage,
    fields,
    labels,
    legalBasis,
    consentIds: used.map(({ id }) => id),
    notice: labels.includes('SUD') ? notices.PART2_2024_FULL : null,
    redisclosureRule: redisclosureRule(
      input.recipient,
      input.purpose,
      used.every((consent) => consent.permitsRedisclosure),
    ),
    scopeSummary: scopeSummary(used, labels),
    senderDisplay: display,
    policyVersion: fieldPolicyVersion,
  };
  return denied.length === 0
    ? { kind: 'PERMIT', ...released, denied: [] }
    : { kind: 'PERMIT_REDACTED', ...released, denied };
}

function consentOf(evidence: EvidenceFinder, label: DataLabel | null): Consent | null {
  const found = evidence(label);
  return found.permitted ? found.consent : null;
}

/** Id and status say nothing about the person, so they need no consent and no fresh read. */
function tombstone({ recipient, purpose, referral, requested }: DisclosureInput): DisclosureDecision {
  const fields = releasableFields(recipient.agencyType, 'TOMBSTONE', referral.needCategory);
  const asked = requested === undefined || requested === 'ENTIRE_RECORD' ? fields : requested;
  const shown = fields.filter((field) => asked.includes(field));
  if (shown.length === 0) return deny('TOMBSTONE', ['NOT_ADDRESSED'], true);
  return {
    kind: 'PERMIT',
    stage: 'TOMBSTONE',
    fields: shown,
    denied: [],
    labels: [],
    legalBasis: [],
    consentIds: [],
    notice: null,
    redisclosureRule: redisclosureRule(recipient, purpose, false),
    scopeSummary: '',
    senderDisplay: 'NEUTRAL',
    policyVersion: fieldPolicyVersion,
  };
}

function deny(stage: VisibilityStage, codes: readonly DenyCode[], mayShowTombstone: boolean): Deny {
  return { kind: 'DENY', stage, fields: [], denied: [], codes, senderDisplay: 'NEUTRAL', mayShowTombstone };
}

function union(sets: readonly ReadonlySet<DataLabel>[]): DataLabel[] {
  return [...new Set(sets.flatMap((set) => [...set]))];
}
