import { caseloadOf, type Caseload, type Load } from '../../workforce/caseload/caseload.ts';
import { remedies, type GateReason } from '../../workforce/credential/gate.ts';
import { caseloadWith } from '../assignment/assignment.ts';
import type { Staffing } from '../assignment/staffing.ts';
import { wishesMet, wishExplanations, type WishReason, type Wishes } from './wish.ts';

export type MatchReason =
  'POPULATION' | 'SPECIALTY' | 'SETTING' | 'KNOWN' | 'ROOM' | 'QUALIFIED' | WishReason;

/** What a case asks of its case manager. */
export interface CaseWish extends Wishes {
  populations: readonly string[];
  setting: string | null;
  /** Who led a case of the person before. */
  knownIds: readonly string[];
  /** Who leads the case now. */
  leaderId: string | null;
}

export interface Reason {
  code: MatchReason;
  points: number;
  /** Why it speaks for the person, in one sentence. */
  explanation: string;
}

export interface Suggestion {
  staffing: Staffing;
  score: number;
  reasons: Reason[];
  /** Wishes of the client that this person does not meet. */
  unmet: WishReason[];
  before: Caseload;
  after: Caseload;
  needsApproval: boolean;
}

export interface Exclusion {
  staffing: Staffing;
  reason: 'LEADS_ALREADY' | 'AWAY' | Exclude<GateReason, 'QUALIFIED' | 'TRAINEE'>;
  remedy: string;
}

/** Points that each reason adds at most: needs come before convenience. Source: infra/reference/domain.md 1.4. */
export const weights: Record<MatchReason, number> = {
  POPULATION: 25,
  LANGUAGE: 20,
  SPECIALTY: 15,
  GENDER: 10,
  KNOWN: 10,
  SETTING: 10,
  ROOM: 20,
  QUALIFIED: 5,
  CULTURE: 5,
  FAITH: 5,
  MODALITY: 5,
  HOURS: 5,
};

/** Special knowledge that serves a group. Source: infra/reference/domain.md 4.7. */
export const specialtiesOf: Readonly<Record<string, readonly string[]>> = {
  SUBSTANCE_USE: ['ADDICTION', 'MOUD'],
  CO_OCCURRING: ['ADDICTION', 'MENTAL_HEALTH', 'CO_OCCURRING'],
  MENTAL_HEALTH: ['MENTAL_HEALTH'],
  HOMELESS: ['HOUSING'],
  JUSTICE_INVOLVED: ['REENTRY'],
  CHILD_YOUTH: ['YOUTH', 'CHILD_CARE'],
  OLDER_ADULT: ['OLDER_ADULTS'],
  CHRONIC_ILLNESS: ['CHRONIC_ILLNESS'],
  PREGNANT_POSTPARTUM: ['PERINATAL'],
  VETERAN: ['VETERANS'],
  IPV_SURVIVOR: ['IPV'],
};

/**
 * Orders the people who could lead a case, those whose caseload would stay within its limit first, then by score, then by
 * room. The others are told with what would change it. Source: infra/reference/domain.md 1.4, 8.3.
 */
export function suggest(
  wish: CaseWish,
  load: Load,
  staff: readonly Staffing[],
): { suggestions: Suggestion[]; excluded: Exclusion[] } {
  const excluded = staff.flatMap((one) => exclusionOf(wish, one) ?? []);
  const out = new Set(excluded.map(({ staffing }) => staffing.staff.id));
  const suggestions = staff
    .filter((one) => !out.has(one.staff.id))
    .map((staffing) => suggestionOf(wish, load, staffing))
    .sort(byFit);
  return { suggestions, excluded };
}

/** How well somebody fits a case. */
export function suggestionOf(wish: CaseWish, load: Load, staffing: Staffing): Suggestion {
  const before = caseloadOf(staffing.loads, staffing.limits);
  const after = caseloadWith({ ...staffing, load });
  const wishes = wishesMet(wish, staffing);
  const reasons = reasonsOf(wish, staffing, { after, wishes });
  const score = reasons.reduce((sum, { points }) => sum + points, 0);
  const unmet = [...wishes].flatMap(([code, isMet]) => (isMet ? [] : [code]));
  return { staffing, score, reasons, unmet, before, after, needsApproval: after.band === 'OVER' };
}

function byFit(one: Suggestion, other: Suggestion): number {
  return (
    Number(one.needsApproval) - Number(other.needsApproval) ||
    other.score - one.score ||
    one.after.points / one.after.limit - other.after.points / other.after.limit ||
    (one.staffing.staff.id < other.staffing.staff.id ? -1 : 1)
  );
}

function reasonsOf(
  wish: CaseWish,
  { staff, gate }: Staffing,
  { after, wishes }: { after: Caseload; wishes: ReadonlyMap<WishReason, boolean> },
): Reason[] {
  const served = wish.populations.flatMap((group) => specialtiesOf[group] ?? []);
  const holds: Partial<Record<MatchReason, boolean>> = {
    ...Object.fromEntries(wishes),
    POPULATION: meet(staff.populations, wish.populations),
    SPECIALTY: meet(staff.specialties, served),
    KNOWN: wish.knownIds.includes(staff.id),
    SETTING: wish.setting !== null && staff.settings.includes(wish.setting),
    QUALIFIED: gate.reason === 'QUALIFIED',
  };
  const room = Math.round(weights.ROOM * Math.max(0, 1 - after.points / after.limit));
  const codes = (Object.keys(weights) as MatchReason[]).filter((code) => holds[code]);
  return [...codes, ...(room > 0 ? (['ROOM'] as const) : [])].map((code) => ({
    ...{ code, points: code === 'ROOM' ? room : weights[code] },
    explanation: { ...explanations, ...wishExplanations }[code](wish),
  }));
}

const explanations: Record<Exclude<MatchReason, WishReason>, () => string> = {
  POPULATION: () => 'Works with a group that the person belongs to.',
  SPECIALTY: () => 'Has special knowledge that such a group needs.',
  SETTING: () => 'Works in places like the one of the case.',
  KNOWN: () => 'Led a case of the person before.',
  ROOM: () => 'Has room in the caseload.',
  QUALIFIED: () => 'Is qualified by a verified credential.',
};

function exclusionOf({ leaderId }: CaseWish, staffing: Staffing): Exclusion | null {
  const { staff, gate } = staffing;
  if (staff.id === leaderId)
    return { staffing, reason: 'LEADS_ALREADY', remedy: 'Nothing: the person leads the case.' };
  if (gate.reason !== 'QUALIFIED' && gate.reason !== 'TRAINEE')
    return { staffing, reason: gate.reason, remedy: remedies[gate.reason] };
  if (staff.away) return { staffing, reason: 'AWAY', remedy: 'The end of the leave, or its cancellation.' };
  return null;
}

const meet = (some: readonly string[], others: readonly string[]): boolean =>
  some.some((one) => others.includes(one));
