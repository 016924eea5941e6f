import * as facts from '@throughline/events';
import type { EventDefinition } from '@throughline/events';
import type { z } from 'zod';
import type { Told } from './told.ts';

type Part = Partial<Omit<Told, 'id' | 'type' | 'at' | 'sequence'>> & Pick<Told, 'ownerId'>;

/** A fact that measures keep, and what they keep of it. */
export interface ToldFact {
  definition: EventDefinition;
  keep: (data: Record<string, unknown>) => Part;
}

function heard<Shape extends z.ZodRawShape>(
  definition: EventDefinition<Shape>,
  keep: (data: z.output<z.ZodObject<Shape>>) => Part,
): ToldFact {
  return { definition, keep: keep as ToldFact['keep'] };
}

const instantOf = (text: string | null): Date | null => (text === null ? null : new Date(text));

type ReferralFact = keyof typeof facts.referralFacts;
const referralSteps = Object.keys(facts.referralFacts) as ReferralFact[];

/** Everything that measures keep of others' facts, and of facts whose record says less than they do. Source: infra/reference/domain.md 5.2. */
export const toldFacts: readonly ToldFact[] = [
  heard(facts.caseOpened, ({ clientId: ownerId, caseId: subjectId }) => ({ ownerId, subjectId })),
  heard(facts.caseClosed, ({ clientId: ownerId, caseId: subjectId, reason: code }) => ({
    ...{ ownerId, subjectId, code },
  })),
  heard(facts.caseFacts.reopened, ({ clientId: ownerId, caseId: subjectId }) => ({ ownerId, subjectId })),
  heard(facts.caseFacts.notEligible, ({ clientId: ownerId, caseId: subjectId }) => ({ ownerId, subjectId })),
  heard(facts.caseFacts.enteredInError, ({ clientId: ownerId, caseId: subjectId }) => ({
    ...{ ownerId, subjectId },
  })),
  heard(
    facts.caseManagerAssigned,
    ({ clientId: ownerId, caseId: subjectId, caseManagerId: staffId, supervisorId: groupId }) => ({
      ...{ ownerId, subjectId, staffId, groupId },
    }),
  ),
  heard(facts.caseProgramNamed, ({ clientId: ownerId, caseId: subjectId, program: code }) => ({
    ...{ ownerId, subjectId, code },
  })),
  heard(facts.clientAgeGroupChanged, ({ clientId: ownerId, ageGroup: code, reason }) => ({
    ...{ ownerId, code, yes: reason === 'RECORD' },
  })),
  heard(facts.contactLogged, ({ clientId: ownerId, contactId: subjectId, at, reached: yes }) => ({
    ...{ ownerId, subjectId, toldAt: instantOf(at), yes },
  })),
  heard(facts.contactCorrected, ({ clientId: ownerId, contactId: subjectId, at, reached: yes }) => ({
    ...{ ownerId, subjectId, toldAt: instantOf(at), yes },
  })),
  heard(facts.inquiryConverted, ({ clientId: ownerId, inquiryId: subjectId, receivedAt }) => ({
    ...{ ownerId, subjectId, toldAt: instantOf(receivedAt) },
  })),
  ...referralSteps.map((step) =>
    heard(
      facts.referralFacts[step],
      ({ clientId: ownerId, referralId: subjectId, requestId: groupId, decideBy, served: yes }) => ({
        ...{ ownerId, subjectId, groupId, toldAt: instantOf(decideBy), yes },
      }),
    ),
  ),
  heard(facts.disclosureMade, ({ clientId: ownerId, disclosureId: subjectId, basis: code, consentIds }) => ({
    ...{ ownerId, subjectId, code, yes: consentIds.length > 0 },
  })),
  heard(facts.riskTierChanged, ({ clientId: ownerId, tier: code }) => ({ ownerId, code })),
  heard(facts.adviceGiven, ({ clientId: ownerId, adviceId: subjectId }) => ({ ownerId, subjectId })),
  heard(facts.guidanceGiven, ({ clientId: ownerId, guidanceId: subjectId }) => ({ ownerId, subjectId })),
  heard(facts.advocacyOpened, ({ clientId: ownerId, advocacyId: subjectId }) => ({ ownerId, subjectId })),
];

/** Facts about staff: how full caseloads are, and whose team it is. */
export const toldOfStaff: readonly ToldFact[] = [
  heard(facts.caseloadBandChanged, ({ staffId: ownerId, band: code }) => ({ ownerId, code })),
  heard(facts.staffRecorded, ({ staffId: ownerId, supervisorId: groupId, active: yes }) => ({
    ...{ ownerId, groupId, yes },
  })),
];

/** Facts of this service that name a record of it: the record itself is read. */
export const ownFacts: readonly EventDefinition[] = [
  ...[facts.obligationOpened, facts.obligationMet, facts.obligationMissed, facts.obligationWithdrawn],
  ...[facts.stayAdmitted, facts.stayDischarged, facts.stayCorrected, facts.visitRecorded],
  ...[facts.episodeStarted, facts.episodePhaseChanged, facts.episodeEnded, facts.outcomeDataRecorded],
  ...[facts.screeningScored, facts.screeningSigned, facts.crisisOpened, facts.crisisAcknowledged],
  ...[facts.diagnosisRecorded, facts.diagnosisChanged],
  ...[facts.goalActivated, facts.goalHeld, facts.goalResumed, facts.goalClosed],
];
