import type { Change, Decision } from '@throughline/command/decision';
import {
  aftercareActivated,
  aftercareOpened,
  aftercareReviewed,
  uuidV7,
  type Fact,
} from '@throughline/events';
import {
  invalidInput,
  invalidTransition,
  type InputIssue,
  type InvalidInput,
  type InvalidTransition,
} from '@throughline/graphql/problems';
import { addDays, dayIn, type Day, type Moment } from '@throughline/privacy';
import { consentOf, type ConsentCopy, type Receiver } from '../consent-copy/consent-copy.ts';
import type { Episode } from '../../episode/episode/episode.ts';

export type AftercareStatus = 'DRAFT' | 'CLIENT_REVIEWED' | 'ACTIVE' | 'SUPERSEDED';

interface Arranged {
  who: string;
  by: Day;
}
interface Arrangement extends Arranged {
  plan: string;
}

/** Sections as people wrote them; one that is left out is missing. */
export interface AftercareSections {
  appointments?: readonly (Arranged & { withWhom: string; at: Date | string })[] | null | undefined;
  medication?: (Arrangement & { opioidMedication: string; naloxone: string }) | null | undefined;
  prevention?:
    | (Arranged & {
        triggers: readonly string[];
        warningSigns: readonly string[];
        coping: readonly string[];
        people: readonly string[];
      })
    | null
    | undefined;
  safetyPlan?: SafetyPlan | null | undefined;
  housing?: Arrangement | null | undefined;
  transport?: Arrangement | null | undefined;
  supports?: Arrangement | null | undefined;
  benefitsAndLegal?: Arrangement | null | undefined;
  callAnytime?: { name: string; number: string } | null | undefined;
  contactsBy?: string | null | undefined;
}

/** Six steps of a safety plan. Source: infra/reference/domain.md 4.6. */
export interface SafetyPlan {
  warningSigns: readonly string[];
  copingAlone: readonly string[];
  peopleAndPlaces: readonly string[];
  peopleToAsk: readonly string[];
  professionals: readonly string[];
  saferSurroundings: readonly string[];
}

export interface AftercarePlan {
  id: string;
  clientId: string;
  episodeId: string;
  status: AftercareStatus;
  /** Day on which the client is expected to leave. */
  leavesOn: Day;
  sections: AftercareSections;
  openedAt: Date;
  reviewedAt: Date | null;
  copyGiven: boolean;
  copyDeclinedReason: string | null;
  activatedAt: Date | null;
  activatedBy: string | null;
  /** The plan of the former stay, after a readmission. */
  clonedFromId: string | null;
  /** Who gets the plan or a part of it; each needs a consent. */
  receivers: readonly Receiver[];
  version: number;
}

export const sectionNames = [
  'APPOINTMENTS',
  'MEDICATION',
  'PREVENTION',
  'SAFETY_PLAN',
  'HOUSING',
  'TRANSPORT',
  'SUPPORTS',
  'BENEFITS_AND_LEGAL',
  'CALL_ANYTIME',
  'CONTACTS',
] as const;
export type SectionName = (typeof sectionNames)[number];

const FIRST_APPOINTMENT_DAYS = 7;

/** Sections that are missing or not whole yet. Source: infra/reference/domain.md 4.6. */
export function missingOf({ sections, leavesOn }: AftercarePlan, timeZone: string): SectionName[] {
  const { appointments, prevention, safetyPlan } = sections;
  const last = addDays(leavesOn, FIRST_APPOINTMENT_DAYS);
  const isSoon = ({ at }: { at: Date | string }) => dayIn(timeZone, new Date(at)) <= last;
  const isWhole: Record<SectionName, boolean> = {
    APPOINTMENTS: appointments?.some(isSoon) ?? false,
    MEDICATION: Boolean(sections.medication),
    PREVENTION: Boolean(
      prevention &&
      prevention.triggers.length > 0 &&
      prevention.warningSigns.length > 0 &&
      prevention.coping.length > 0,
    ),
    SAFETY_PLAN: Boolean(safetyPlan && stepsOf(safetyPlan).every((step) => step.length > 0)),
    HOUSING: Boolean(sections.housing),
    TRANSPORT: Boolean(sections.transport),
    SUPPORTS: Boolean(sections.supports),
    BENEFITS_AND_LEGAL: Boolean(sections.benefitsAndLegal),
    CALL_ANYTIME: Boolean(sections.callAnytime),
    CONTACTS: Boolean(sections.contactsBy),
  };
  return sectionNames.filter((name) => !isWhole[name]);
}

function stepsOf(plan: SafetyPlan): (readonly string[])[] {
  const { warningSigns, copingAlone, peopleAndPlaces, peopleToAsk, professionals, saferSurroundings } = plan;
  return [warningSigns, copingAlone, peopleAndPlaces, peopleToAsk, professionals, saferSurroundings];
}

/** Opens a plan for the time after treatment. Answers InvalidTransition when the episode has ended. */
export function openPlan(
  { id: episodeId, clientId, phase }: Episode,
  leavesOn: Day,
  now: Date,
): Change<AftercarePlan, never> | InvalidTransition {
  if (phase === 'ENDED') return invalidTransition(phase, 'openAftercarePlan', []);
  const insert: AftercarePlan = {
    ...{ id: uuidV7(now), clientId, episodeId, status: 'DRAFT', leavesOn, sections: {}, openedAt: now },
    ...{ reviewedAt: null, copyGiven: false, copyDeclinedReason: null, activatedAt: null, activatedBy: null },
    ...{ clonedFromId: null, receivers: [], version: 1 },
  };
  return { insert, facts: [openedFact(insert, now)] };
}

function openedFact({ id: aftercarePlanId, clientId }: AftercarePlan, now: Date): Fact {
  return aftercareOpened.of(clientId, now, { aftercarePlanId, clientId });
}

/**
 * After a readmission the plan of the former stay begins again as a draft. Its appointments are over and are left out; the
 * day of leaving is not known yet, so the day of the admission stands there until somebody writes it. Source:
 * infra/reference/domain.md 4.6.
 */
export function clonePlan(
  former: AftercarePlan,
  { episodeId, startedAt }: { episodeId: string; startedAt: Date },
  { now, timeZone }: Moment,
): { insert: AftercarePlan; facts: Fact[] } {
  const sections = { ...former.sections, appointments: null };
  const leavesOn = dayIn(timeZone, startedAt);
  const insert: AftercarePlan = {
    ...{ id: uuidV7(now), clientId: former.clientId, episodeId, status: 'DRAFT', leavesOn, sections },
    ...{ openedAt: now, reviewedAt: null, copyGiven: false, copyDeclinedReason: null, activatedAt: null },
    ...{ activatedBy: null, clonedFromId: former.id, receivers: former.receivers, version: 1 },
  };
  return { insert, facts: [openedFact(insert, now)] };
}

/** What is written into a draft. */
export interface Written {
  sections: AftercareSections;
  leavesOn?: Day | null | undefined;
  receivers?: readonly Receiver[] | null | undefined;
}

/** Replaces the sections, the day of leaving and the receivers that are given; a plan that the client had reviewed is a draft again. */
export function writeSections(
  plan: AftercarePlan,
  given: Written,
): Decision<never, AftercarePlan, InvalidTransition> {
  if (!isDraft(plan)) return invalidTransition(plan.status, 'writeAftercarePlan', []);
  const kept = Object.fromEntries(
    Object.entries(given.sections).filter(([, section]) => section !== undefined),
  );
  const sections = { ...plan.sections, ...kept };
  return {
    update: {
      ...plan,
      ...{
        sections,
        leavesOn: given.leavesOn ?? plan.leavesOn,
        receivers: given.receivers ?? plan.receivers,
      },
      status: 'DRAFT',
      reviewedAt: null,
      copyGiven: false,
      copyDeclinedReason: null,
    },
  };
}

export interface Review {
  copyGiven: boolean;
  copyDeclinedReason?: string | null | undefined;
}

/**
 * The client went through the plan. A copy is given, or the client did not want one, with the reason; each receiver has a
 * consent of the client.
 */
export function reviewPlan(
  plan: AftercarePlan,
  { copyGiven, copyDeclinedReason }: Review,
  { now, timeZone, consents }: Moment & { consents: readonly ConsentCopy[] },
): Decision<never, AftercarePlan, InvalidInput | InvalidTransition> {
  if (!isDraft(plan)) return invalidTransition(plan.status, 'reviewAftercarePlan', []);
  const faults: InputIssue[] = [...missingOf(plan, timeZone).map(missing), ...consentFaults(plan, consents)];
  const reason = copyDeclinedReason?.trim() ? copyDeclinedReason : null;
  if (!copyGiven && !reason)
    faults.push({ path: 'copyDeclinedReason', code: 'REQUIRED', message: 'Say why the client has no copy.' });
  if (faults.length > 0) return invalidInput(faults);
  const copy = { copyGiven, copyDeclinedReason: copyGiven ? null : reason };
  const { id: aftercarePlanId, clientId } = plan;
  const facts = [aftercareReviewed.of(clientId, now, { aftercarePlanId, clientId })];
  return { update: { ...plan, status: 'CLIENT_REVIEWED', reviewedAt: now, ...copy }, facts };
}

function consentFaults({ receivers }: AftercarePlan, consents: readonly ConsentCopy[]): InputIssue[] {
  const message = 'This receiver has no consent of the client: record one, or take the receiver out.';
  return receivers.flatMap((receiver, index) =>
    consentOf(receiver, consents) === 'MISSING'
      ? [{ path: `receivers.${String(index)}`, code: 'NO_CONSENT', message }]
      : [],
  );
}

function missing(name: SectionName): InputIssue {
  return { path: 'id', code: `MISSING_${name}`, message: `The section ${name} is missing or not whole.` };
}

/** Puts a plan into force that the client has reviewed. */
export function activatePlan(
  plan: AftercarePlan,
  { by, now }: { by: string; now: Date },
): Decision<never, AftercarePlan, InvalidTransition> {
  if (plan.status !== 'CLIENT_REVIEWED') return invalidTransition(plan.status, 'activateAftercarePlan', []);
  const { id: aftercarePlanId, clientId } = plan;
  const facts = [aftercareActivated.of(clientId, now, { aftercarePlanId, clientId })];
  return { update: { ...plan, status: 'ACTIVE', activatedAt: now, activatedBy: by }, facts };
}

function isDraft({ status }: AftercarePlan): boolean {
  return status === 'DRAFT' || status === 'CLIENT_REVIEWED';
}
