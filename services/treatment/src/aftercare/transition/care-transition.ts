import { addDays, dayIn, type Day } from '@throughline/privacy';

export type TransitionStatus = 'PLANNED' | 'IN_TRANSIT' | 'ARRIVED' | 'COMPLETED' | 'FAILED';
export type HandOff = 'WARM' | 'PACKET' | 'NONE';
/** Who says that the hand-off is agreed. */
const parties = ['SENDER', 'RECEIVER', 'CLIENT'] as const;
export type HandOffParty = (typeof parties)[number];

export interface Confirmation {
  party: HandOffParty;
  /** Who of the party said so; null: the agency said so by its answer to the referral. */
  name: string | null;
  by: string | null;
  at: string;
}

/** A client goes from one setting to another. Nobody has arrived until somebody there says so. */
export interface CareTransition {
  id: string;
  clientId: string;
  episodeId: string;
  fromStayId: string | null;
  toSetting: string;
  receiverName: string;
  /** The referral by which the receiver got what the client consented to. */
  referralId: string | null;
  reason: string;
  handOff: HandOff;
  plannedFor: Day;
  firstAppointmentAt: Date | null;
  status: TransitionStatus;
  confirmations: readonly Confirmation[];
  packetSentAt: Date | null;
  packetDisclosureId: string | null;
  leftAt: Date | null;
  arrivedAt: Date | null;
  arrivalToldBy: string | null;
  endedAt: Date | null;
  failedReason: string | null;
  version: number;
}

/** What the facts of a referral say so far. */
export interface ReferralStanding {
  referralId: string;
  clientId: string;
  acceptedAt: Date | null;
  startedAt: Date | null;
  endedAt: Date | null;
  disclosedAt: Date | null;
  disclosureId: string | null;
}

export interface TransitionDraft {
  toSetting: string;
  receiverName: string;
  referralId?: string | null | undefined;
  reason: string;
  handOff: HandOff;
  plannedFor: Day;
  firstAppointmentAt?: Date | null | undefined;
}

const FIRST_APPOINTMENT_DAYS = 7;
const open: readonly TransitionStatus[] = ['PLANNED', 'IN_TRANSIT'];

export function isOpen({ status }: Pick<CareTransition, 'status'>): boolean {
  return open.includes(status);
}

/** The first appointment is missing, or later than 7 days after the client leaves. */
export function isAppointmentMissing(
  { status, firstAppointmentAt, plannedFor, leftAt }: CareTransition,
  timeZone: string,
): boolean {
  if (status === 'COMPLETED' || status === 'FAILED') return false;
  const last = addDays(leftAt ? dayIn(timeZone, leftAt) : plannedFor, FIRST_APPOINTMENT_DAYS);
  return !firstAppointmentAt || dayIn(timeZone, firstAppointmentAt) > last;
}

export function isConfirmed({ confirmations }: CareTransition, party: HandOffParty): boolean {
  return confirmations.some((one) => one.party === party);
}

/** Who of the three has not confirmed yet. */
export function unconfirmed(transition: CareTransition): HandOffParty[] {
  return parties.filter((party) => !isConfirmed(transition, party));
}
