import { addDays, addYears, today, yearsBetween, type Moment } from '@throughline/privacy';
import type { PopulationGroup } from '../../workforce/case-manager/whom-and-where.ts';
import { birthdayOf, type Client } from '../client/client.ts';
import { isWithoutHome } from '../client/living-situation.ts';
import type { SupportPerson } from '../support/support-person.ts';
import { populationRules, type AttentionKind, type Condition } from './population-rules.ts';

export interface Attention {
  code: string;
  kind: AttentionKind;
  reason: string;
  /** The group, or CLIENT for what concerns everybody. */
  source: string;
  /** Last day, YYYY-MM-DD; null: as long as the record says so. */
  until: string | null;
}

interface Situation {
  client: Client;
  support: readonly SupportPerson[];
  /** Today in the time zone of the program. */
  day: string;
}

/**
 * What a client's groups ask, offer, warn of and forbid today, in the order of the table. A minor, somebody of 65 years
 * or more and somebody without a home belong to their group, also when nobody recorded it.
 * Source: infra/reference/domain.md 4.7.
 */
export function attentionOf(client: Client, support: readonly SupportPerson[], at: Moment): Attention[] {
  const situation = { client, support: support.filter(({ endedAt }) => endedAt === null), day: today(at) };
  const groups = groupsOf(situation);
  return populationRules.flatMap(({ group, when, ...rule }) => {
    if (group !== null && !groups.has(group)) return [];
    const speaks = conditions[when](situation);
    if (speaks === false) return [];
    const until = typeof speaks === 'string' ? speaks : ends(group, situation);
    return [{ ...rule, source: group ?? 'CLIENT', until }];
  });
}

function groupsOf({ client, day }: Situation): ReadonlySet<PopulationGroup> {
  const age = ageOn(client, day);
  return new Set<PopulationGroup>([
    ...client.populations,
    ...(age !== null && age < 18 ? (['CHILD_YOUTH'] as const) : []),
    ...(age !== null && age >= 65 ? (['OLDER_ADULT'] as const) : []),
    ...(isWithoutHome(client.livingSituation) ? (['HOMELESS'] as const) : []),
    ...(client.custody ? (['JUSTICE_INVOLVED'] as const) : []),
  ]);
}

function ageOn(client: Client, day: string): number | null {
  const birthday = birthdayOf(client);
  if (!birthday) return null;
  return birthday > day ? 0 : yearsBetween(birthday, day);
}

/** What concerns minors ends on the day before their birthday. */
function ends(group: PopulationGroup | null, { client, day }: Situation): string | null {
  const birthday = birthdayOf(client);
  if (group !== 'CHILD_YOUTH' || !birthday) return null;
  const last = addDays(addYears(birthday, 18), -1);
  return last < day ? null : last;
}

/** A condition says yes, no, or until which day. */
const conditions: Record<Condition, (situation: Situation) => boolean | string> = {
  ALWAYS: () => true,
  GUARDIAN_SIGNS: ({ client }) => isSignedByGuardian(client),
  NO_GUARDIAN: ({ client, support }) =>
    isSignedByGuardian(client) && !support.some(({ isGuardian }) => isGuardian),
  MINOR_SIGNS_ALONE: ({ client, day }) =>
    client.consentAuthority === 'SELF' && (ageOn(client, day) ?? 18) < 18,
  NO_SCHOOL: ({ client }) => !client.addresses.some(({ kind }) => kind === 'SCHOOL'),
  SIGNS_ALONE: ({ client }) => client.consentAuthority === 'SELF',
  NO_LIVING_SITUATION: ({ client }) => client.livingSituation === null,
  NO_ADDRESS: ({ client }) => !client.addresses.some(({ kind }) => kind === 'HOME' || kind === 'MAILING'),
  NO_PLACE_TO_FIND: ({ client }) => client.contactPoints.length === 0 && client.addresses.length === 0,
  HELD_WITHOUT_RELEASE: ({ client }) => client.custody?.releaseOn === null,
  RELEASE_IN_90: releasedBetween(-90, -61),
  RELEASE_IN_60: releasedBetween(-60, -31),
  RELEASE_IN_30: releasedBetween(-30, -1),
  RELEASED_7: releasedBetween(0, 7),
  RELEASED_14: releasedBetween(0, 14),
  NO_PRIMARY_CARE: ({ support }) => !support.some(({ relation }) => relation === 'PRIMARY_CARE'),
  NO_INTERPRETER: ({ client }) => !client.interpreterNeeded || client.preferredLanguage === null,
  INTERPRETER: ({ client }) => client.interpreterNeeded,
  NO_BLOCKED_AGENCY: ({ client }) => client.blockedAgencyIds.length === 0,
  NO_ACCESSIBILITY: ({ client }) => client.accessibilityNeeds.length === 0,
  CONTACT_PROHIBITED: ({ client }) => client.safeContact.contactProhibited,
};

function isSignedByGuardian({ consentAuthority }: Client): boolean {
  return consentAuthority === 'GUARDIAN' || consentAuthority === 'MINOR_AND_GUARDIAN';
}

/** Whether today is so many days from the day of release, both included; then the last of these days. */
function releasedBetween(from: number, to: number): (situation: Situation) => string | false {
  return ({ client, day }) => {
    const release = client.custody?.releaseOn;
    if (!release) return false;
    const last = addDays(release, to);
    return day >= addDays(release, from) && day <= last ? last : false;
  };
}
