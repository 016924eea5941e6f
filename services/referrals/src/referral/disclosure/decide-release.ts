import { uuidV7, type Actor } from '@throughline/events';
import {
  decideDisclosure,
  explain,
  type ClientPrivacy,
  type DenyCode,
  type DisclosureDecision,
  type DisclosureInput,
  type Sender,
} from '@throughline/privacy';
import type { Agency } from '../../directory/agency/agency.ts';
import { recipientOf } from '../../directory/agency/agency.ts';
import type { ReleaseBasis } from '../consent/release-basis.ts';
import type { Service } from '../../directory/directory-service/directory-service.ts';
import { closeReasonOf, type Referral } from '../referral/referral.ts';
import { answerFieldNames, fieldsOnRecord, type AnswerFieldName } from './answer-fields.ts';
import { hourOf, type DisclosureChannel, type DisclosureEntry, type Released } from './disclosure.ts';

export interface ReleaseQuestion {
  actor: Actor;
  referral: Referral;
  agency: Agency;
  service: Service;
  basis: ReleaseBasis | 'UNVERIFIABLE';
  now: Date;
  /** Left out: all that the policy allows, whether it is on record or not. */
  asked?: Asked;
}

/** What a partner asks for in one answer. */
export interface Asked {
  fields: Iterable<AnswerFieldName>;
  senderName: boolean;
}

/**
 * Decides which part of a referral may be disclosed to its agency now. Source: infra/reference/domain.md 3.7.
 */
export function decideRelease({
  actor,
  referral,
  agency,
  service,
  basis,
  now,
  asked,
}: ReleaseQuestion): DisclosureDecision {
  const { agencyId, status, closedAt, needCategory, infoAnswered, purpose } = referral;
  const known = basis === 'UNVERIFIABLE' ? unknownBasis(referral.clientId) : basisOf(basis);
  return decideDisclosure({
    ...known,
    actor,
    recipient: recipientOf(agency, purpose === 'TREATMENT'),
    purpose,
    referral: {
      agencyId,
      status,
      closeReason: closeReasonOf(referral),
      closedAt,
      needCategory,
      serviceLabels: service.sensitiveCategory ? [service.sensitiveCategory] : [],
      infoAnswered,
    },
    ...(asked && {
      requested: fieldsOnRecord({ referral, service, basis }, asked.fields),
      withoutSenderName: !asked.senderName,
    }),
    now,
  });
}

type Known = Pick<DisclosureInput, 'sender' | 'client' | 'consents' | 'basis'>;

function basisOf({ verifiedAt, consents, privacy, program }: ReleaseBasis): Known {
  const sender: Sender = {
    organizationId: program.id,
    timeZone: program.timeZone,
    isPart2Program: program.isPart2Program,
    canBeNeutral: program.canBeNeutral,
  };
  return { sender, client: privacy, consents, basis: { verifiedAt } };
}

/** The strictest assumption about a person whose record cannot be read. */
function unknownBasis(clientId: string): Known {
  const client: ClientPrivacy = {
    clientId,
    dateOfBirth: null,
    consentAuthority: 'SELF',
    restrictAll: true,
    contactProhibited: true,
    safeAddress: true,
    blockedAgencyIds: [],
  };
  const sender = { organizationId: '', timeZone: 'UTC', isPart2Program: true, canBeNeutral: true };
  return { sender, client, consents: [], basis: 'UNVERIFIABLE' };
}

export interface Refusal {
  code: string;
  label: string | null;
  explanation: string;
}

/** Every reason of a refusal, each once. */
export function refusalsOf(decision: DisclosureDecision): Refusal[] {
  if (decision.kind !== 'DENY') return [];
  return decision.codes.map(refusalOf);
}

export function refusalOf(code: DenyCode): Refusal {
  return { code, label: null, explanation: explain(code) };
}

/** All that an answer can hold. It is disclosed when a referral is sent. */
export const everything: Asked = { fields: answerFieldNames, senderName: true };

/** The line of the ledger for the next disclosure. */
export function entryOf(
  { actor, referral, now }: Pick<ReleaseQuestion, 'actor' | 'referral' | 'now'>,
  released: Released,
  channel: DisclosureChannel,
): DisclosureEntry {
  return {
    id: uuidV7(now),
    clientId: referral.clientId,
    agencyId: referral.agencyId,
    referralId: referral.id,
    disclosedAt: now,
    hour: hourOf(now),
    labels: [...released.labels],
    fields: [...released.fields],
    purpose: referral.purpose,
    legalBasis: [...released.legalBasis],
    consentIds: [...released.consentIds],
    noticeText: released.notice?.text ?? null,
    noticeVersion: released.notice?.version ?? null,
    scopeSummary: released.scopeSummary,
    redisclosureRule: released.redisclosureRule.text,
    policyVersion: released.policyVersion,
    channel,
    actorKind: actor.kind,
    actorId: actor.id,
    repeatKey: null,
    reads: 1,
    lastReadAt: now,
  };
}
