import { dayIn, type Day } from '@throughline/privacy';
import { ruleOf, type Serves } from './kinds.ts';
import type { ClientRecord, Trigger } from './triggers.ts';

/** What satisfied an obligation. */
export interface Service {
  type: 'CONTACT' | 'VISIT' | 'REFERRAL' | 'STAY';
  id: string;
  /** Instant, UTC. */
  at: string;
}

interface Window {
  windowOpensOn: Day;
  dueAt: Date;
  /** What counted already counts at the same time in any time zone. */
  counted: readonly Service[];
}

/**
 * Services inside the window, the first one first. An emergency visit is no follow-up, and the event itself neither.
 * Source: infra/reference/domain.md 5.1.
 */
export function servicesIn(
  trigger: Trigger,
  { windowOpensOn, dueAt, counted }: Window,
  record: ClientRecord,
  timeZone: string,
): Service[] {
  const from = isWholeDayCounted(trigger) ? 0 : trigger.at.getTime();
  const inWindow = ({ at }: { at: Date }) =>
    at < dueAt && at.getTime() >= from && dayIn(timeZone, at) >= windowOpensOn;
  const isCounted = ({ id, at }: { id: string; at: Date }) =>
    counted.some((one) => one.id === id && one.at === at.toISOString());
  return candidates(trigger, record)
    .filter((one) => isCounted(one) || inWindow(one))
    .sort((a, b) => +a.at - +b.at || (a.id < b.id ? -1 : 1))
    .map(({ type, id, at }) => ({ type, id, at: at.toISOString() }));
}

/** The day of an episode counts as a whole: its beginning is often written down after the first visit. */
function isWholeDayCounted({ sourceType }: Trigger): boolean {
  return sourceType === 'Episode';
}

function candidates(
  { kind, sourceId }: Trigger,
  { evidence, visits, stays }: ClientRecord,
): { type: Service['type']; id: string; at: Date }[] {
  const { serves, byContact, byStay } = ruleOf(kind);
  const ofVisits = visits.filter(
    ({ id, setting, ...visit }) => id !== sourceId && setting !== 'EMERGENCY_DEPT' && isFor(serves, visit),
  );
  const ofStays = byStay
    ? stays.filter(({ id, reasons }) => id !== sourceId && isFor(serves, { reasons }))
    : [];
  return [
    ...evidence.filter(({ type }) => type === 'REFERRAL' || byContact),
    ...ofVisits.map(({ id, at }) => ({ type: 'VISIT' as const, id, at })),
    ...ofStays.map(({ id, startedAt: at }) => ({ type: 'STAY' as const, id, at })),
  ];
}

function isFor(
  serves: Serves,
  { reasons, medication = false }: { reasons: readonly string[]; medication?: boolean },
): boolean {
  if (serves === 'ANY') return true;
  if (serves === 'MENTAL_HEALTH') return reasons.includes('MENTAL_HEALTH') || reasons.includes('SELF_HARM');
  return medication || reasons.includes('SUBSTANCE_USE') || reasons.includes('OVERDOSE');
}
