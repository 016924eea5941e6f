import type { Change, Decision } from '@throughline/command/decision';
import {
  handOffConfirmed,
  transitionAppointmentMissing,
  transitionArrived,
  transitionChanged,
  transitionCompleted,
  transitionFailed,
  transitionPlanned,
  transitionStarted,
  uuidV7,
  type Fact,
} from '@throughline/events';
import {
  invalidInput,
  invalidTransition,
  issueAt,
  type InputIssue,
  type InvalidInput,
  type InvalidTransition,
} from '@throughline/graphql/problems';
import { dayIn, type Moment } from '@throughline/privacy';
import type { Episode } from '../../episode/episode/episode.ts';
import type { Stay } from '../../episode/stay/stay.ts';
import {
  isAppointmentMissing,
  isConfirmed,
  isOpen,
  unconfirmed,
  type CareTransition,
  type HandOffParty,
  type ReferralStanding,
  type TransitionDraft,
} from './care-transition.ts';

type Refused = InvalidInput | InvalidTransition;
type Moved = Decision<never, CareTransition, Refused>;

/** Plans a transition. Without a first appointment within 7 days it is told at once. Source: infra/reference/domain.md 4.6, 6.2. */
export function planTransition(
  { episode, stay }: { episode: Episode; stay: Stay | null },
  draft: TransitionDraft,
  standing: ReferralStanding | null,
  at: Moment,
): Change<CareTransition, never> | Refused {
  if (episode.phase === 'ENDED') return invalidTransition(episode.phase, 'planTransition', []);
  const faults = [...draftFaults(draft, at.timeZone), ...referralFaults(episode, standing)];
  if (faults.length > 0) return invalidInput(faults);
  const { toSetting, receiverName, referralId = null, reason, handOff, plannedFor } = draft;
  const { id: episodeId, clientId } = episode;
  const planned: CareTransition = {
    ...{ id: uuidV7(at.now), clientId, episodeId, fromStayId: stay?.id ?? null, toSetting, receiverName },
    ...{ referralId, reason, handOff, plannedFor, firstAppointmentAt: draft.firstAppointmentAt ?? null },
    ...{ status: 'PLANNED', confirmations: [], packetSentAt: null, packetDisclosureId: null, leftAt: null },
    ...{ arrivedAt: null, arrivalToldBy: null, endedAt: null, failedReason: null, version: 1 },
  };
  const insert = hearReferral(planned, standing, at.now);
  const facts = [transitionPlanned.of(clientId, at.now, told(insert)), ...arrivalOf(planned, insert, at.now)];
  return { insert, facts: [...facts, ...appointmentAlarm(insert, at)] };
}

/** A referral of which nothing was heard yet may be one of this client. */
function referralFaults({ clientId }: { clientId: string }, standing: ReferralStanding | null): InputIssue[] {
  const isOther = standing !== null && standing.clientId !== clientId;
  return isOther ? [issueAt('referralId', 'UNKNOWN', 'This client has no such referral.')] : [];
}

/** Changes day, appointment or referral of a transition that is still to come. */
export function changeTransition(
  transition: CareTransition,
  draft: Partial<Pick<CareTransition, 'plannedFor' | 'firstAppointmentAt' | 'referralId'>>,
  standing: ReferralStanding | null,
  at: Moment,
): Moved {
  if (!isOpen(transition) && transition.status !== 'ARRIVED')
    return invalidTransition(transition.status, 'changeTransition', []);
  const isOther = draft.referralId !== undefined && draft.referralId !== transition.referralId;
  const changed = { ...(isOther ? withoutReferral(transition) : transition), ...draft };
  const faults = [...draftFaults(changed, at.timeZone), ...referralFaults(transition, standing)];
  if (faults.length > 0) return invalidInput(faults);
  const update = hearReferral(changed, standing, at.now);
  const facts = [...changeOf(transition, changed, at.now), ...arrivalOf(transition, update, at.now)];
  return { update, facts: [...facts, ...appointmentAlarm(update, at)] };
}

/** No entry for a change that says what stood there already. */
function changeOf(from: CareTransition, to: CareTransition, now: Date): Fact[] {
  const isSame =
    from.plannedFor === to.plannedFor &&
    from.referralId === to.referralId &&
    from.firstAppointmentAt?.getTime() === to.firstAppointmentAt?.getTime();
  return isSame ? [] : [transitionChanged.of(to.clientId, now, told(to))];
}

/** What a referral said does not hold for another one: neither its packet nor the acceptance of its agency. */
function withoutReferral(transition: CareTransition): CareTransition {
  const confirmations = transition.confirmations.filter(({ by }) => by !== null);
  return { ...transition, confirmations, packetSentAt: null, packetDisclosureId: null };
}

function draftFaults(
  {
    reason,
    receiverName,
    plannedFor,
    firstAppointmentAt,
  }: Pick<TransitionDraft, 'reason' | 'receiverName' | 'plannedFor' | 'firstAppointmentAt'>,
  timeZone: string,
): InputIssue[] {
  const faults: InputIssue[] = [];
  if (!receiverName.trim()) faults.push(issueAt('receiverName', 'REQUIRED', 'Say who takes over.'));
  if (!reason.trim()) faults.push(issueAt('reason', 'REQUIRED', 'Say why.'));
  if (firstAppointmentAt && dayIn(timeZone, firstAppointmentAt) < plannedFor)
    faults.push(issueAt('firstAppointmentAt', 'BEFORE_START', 'It lies before the day of the transition.'));
  return faults;
}

function appointmentAlarm(transition: CareTransition, { now, timeZone }: Moment): Fact[] {
  const isMissing = isAppointmentMissing(transition, timeZone);
  return isMissing
    ? [transitionAppointmentMissing.of(transition.clientId, now, { clientId: transition.clientId })]
    : [];
}

/** One of the three says that the hand-off is agreed. A second time changes nothing. */
export function confirmHandOff(
  transition: CareTransition,
  { party, name }: { party: HandOffParty; name: string },
  { by, now }: { by: string; now: Date },
): Moved {
  if (!isOpen(transition) && transition.status !== 'ARRIVED')
    return invalidTransition(transition.status, 'confirmHandOff', []);
  if (!name.trim()) return invalidInput([issueAt('name', 'REQUIRED', 'Say who confirmed it.')]);
  if (isConfirmed(transition, party)) return { update: transition };
  const confirmation = { party, name: name.trim(), by, at: now.toISOString() };
  const confirmations = [...transition.confirmations, confirmation];
  const facts = [handOffConfirmed.of(transition.clientId, now, told(transition))];
  return { update: { ...transition, confirmations }, facts };
}

/** The client has left; a warm hand-off is agreed by all three before. */
export function startTransition(transition: CareTransition, leftAt: Date | null, at: Within): Moved {
  if (transition.status !== 'PLANNED') return invalidTransition(transition.status, 'startTransition', []);
  const faults = outsideOf(at, 'leftAt', leftAt);
  if (transition.handOff === 'WARM') faults.push(...unconfirmed(transition).map(notConfirmed));
  if (faults.length > 0) return invalidInput(faults);
  const update: CareTransition = { ...transition, status: 'IN_TRANSIT', leftAt: leftAt ?? at.now };
  const started = transitionStarted.of(update.clientId, at.now, told(update));
  return { update, facts: [started, ...appointmentAlarm(update, at)] };
}

const notConfirmed = (party: HandOffParty): InputIssue =>
  issueAt('id', `${party}_NOT_CONFIRMED`, `A warm hand-off is agreed by ${party}, too.`);

/** Now, and the day of the first contact of the episode, when known. */
interface Within extends Moment {
  firstContact: string | null;
}

function outsideOf(
  { now, timeZone, firstContact }: Within,
  path: string,
  moment?: Date | null,
): InputIssue[] {
  if (!moment) return [];
  if (moment > now) return [issueAt(path, 'IN_FUTURE', 'It is recorded when it has happened.')];
  if (firstContact && dayIn(timeZone, moment) < firstContact)
    return [issueAt(path, 'BEFORE_START', 'It lies before the first contact.')];
  return [];
}

/** Somebody at the receiver says that the client is there. Nobody has arrived because time passed. */
export function recordArrival(
  transition: CareTransition,
  { toldBy, arrivedAt }: { toldBy: string; arrivedAt?: Date | null | undefined },
  at: Within,
): Moved {
  if (!isOpen(transition)) return invalidTransition(transition.status, 'recordArrival', []);
  const faults = outsideOf(at, 'arrivedAt', arrivedAt);
  if (!toldBy.trim()) faults.push(issueAt('toldBy', 'REQUIRED', 'Say who at the receiver told it.'));
  if (arrivedAt && transition.leftAt && arrivedAt < transition.leftAt)
    faults.push(issueAt('arrivedAt', 'BEFORE_START', 'It lies before the client left.'));
  if (faults.length > 0) return invalidInput(faults);
  const update = arrived(transition, { at: arrivedAt ?? at.now, toldBy: toldBy.trim() });
  return { update, facts: arrivalOf(transition, update, at.now) };
}

function arrived(
  transition: CareTransition,
  { at, toldBy }: { at: Date; toldBy: string | null },
): CareTransition {
  return {
    ...transition,
    status: 'ARRIVED',
    leftAt: transition.leftAt ?? at,
    arrivedAt: at,
    arrivalToldBy: toldBy,
  };
}

/** The client did not get there. What comes next is another transition. */
export function failTransition(transition: CareTransition, reason: string, now: Date): Moved {
  if (!isOpen(transition)) return invalidTransition(transition.status, 'failTransition', []);
  if (!reason.trim()) return invalidInput([issueAt('reason', 'REQUIRED', 'Say what happened.')]);
  const update: CareTransition = {
    ...transition,
    status: 'FAILED',
    endedAt: now,
    failedReason: reason.trim(),
  };
  return { update, facts: arrivalOf(transition, update, now) };
}

/** The new place has taken over: a warm hand-off is agreed by all three, and with a packet the packet has left. */
export function completeTransition(transition: CareTransition, now: Date): Moved {
  if (transition.status !== 'ARRIVED') return invalidTransition(transition.status, 'completeTransition', []);
  const faults = transition.handOff === 'WARM' ? unconfirmed(transition).map(notConfirmed) : [];
  if (transition.handOff === 'PACKET' && !transition.packetSentAt)
    faults.push(
      issueAt('id', 'PACKET_NOT_SENT', 'No packet has left: send it by the referral of the transition.'),
    );
  if (faults.length > 0) return invalidInput(faults);
  const update: CareTransition = { ...transition, status: 'COMPLETED', endedAt: now };
  return { update, facts: arrivalOf(transition, update, now) };
}

/**
 * What the referral says of the transition: its disclosure is the packet, its acceptance the confirmation of the receiver,
 * the begin of its service the arrival; a referral that ended without service is a failed transition.
 */
export function hearReferral(
  transition: CareTransition,
  standing: ReferralStanding | null,
  now: Date,
): CareTransition {
  if (standing?.clientId !== transition.clientId || transition.status === 'COMPLETED') return transition;
  const { acceptedAt, startedAt, endedAt, disclosedAt, disclosureId } = standing;
  const accepted = acceptedAt && !isConfirmed(transition, 'RECEIVER');
  const heard: CareTransition = {
    ...transition,
    packetSentAt: transition.packetSentAt ?? disclosedAt,
    packetDisclosureId: transition.packetDisclosureId ?? disclosureId,
    confirmations: accepted
      ? [
          ...transition.confirmations,
          { party: 'RECEIVER', name: null, by: null, at: acceptedAt.toISOString() },
        ]
      : transition.confirmations,
  };
  if (!isOpen(heard)) return heard;
  if (startedAt) return arrived(heard, { at: startedAt, toldBy: null });
  return endedAt ? { ...heard, status: 'FAILED', endedAt: now, failedReason: 'REFERRAL_ENDED' } : heard;
}

/** The fact of a new status; none when it stayed. */
export function arrivalOf(from: CareTransition, to: CareTransition, now: Date): Fact[] {
  if (from.status === to.status) return [];
  const fact = factOf[to.status];
  return fact ? [fact.of(to.clientId, now, told(to))] : [];
}

const factOf = {
  PLANNED: null,
  IN_TRANSIT: null,
  ARRIVED: transitionArrived,
  COMPLETED: transitionCompleted,
  FAILED: transitionFailed,
} as const;

function told({ id: transitionId, clientId }: CareTransition) {
  return { transitionId, clientId };
}
