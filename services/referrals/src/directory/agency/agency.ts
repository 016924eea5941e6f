import type { Change } from '@throughline/command/decision';
import { agencyRecorded, type Fact } from '@throughline/events';
import type { InputIssue } from '@throughline/graphql/problems';
import { IANAZone } from 'luxon';
import {
  endOfDay,
  hasAgreement,
  type Agreement,
  type AgencyType,
  type HipaaStatus,
  type Recipient,
} from '@throughline/privacy';

export type AgencyStatus = 'ACTIVE' | 'INACTIVE';

/** A partner agency: an HSDS organization, and what a disclosure decision needs to know of it. */
export interface Agency {
  id: string;
  name: string;
  alternateName: string | null;
  description: string | null;
  email: string | null;
  website: string | null;
  /** Further web addresses as published, or ids of them; separated by commas, semicolons or blanks. */
  additionalLinks: string | null;
  agencyType: AgencyType;
  hipaaStatus: HipaaStatus;
  isPart2Program: boolean;
  isVictimServiceProvider: boolean;
  needsIdentityToDecide: boolean;
  agreements: Agreement[];
  /** IANA name; business days and hours of the agency are counted in it. */
  timeZone: string;
  status: AgencyStatus;
  version: number;
}

/**
 * The agency as the disclosure decision needs to know it.
 * Source: infra/reference/domain.md 3.7 check 2.
 */
export function recipientOf(agency: Agency, treatsClient: boolean): Recipient {
  const { id, agencyType, hipaaStatus, agreements, isPart2Program, needsIdentityToDecide, status } = agency;
  const { timeZone } = agency;
  return {
    agencyId: id,
    agencyType,
    hipaaStatus,
    active: status === 'ACTIVE',
    timeZone,
    agreements,
    isPart2Program,
    needsIdentityToDecide,
    treatsClient,
  };
}

/**
 * When nothing may be disclosed to the agency any more: `now` when no agreement is in force, otherwise the end of the
 * last day of the longest one, as the agency counts days. Null when the agreement has no end.
 */
export function disclosureEndsAt(agency: Agency, now: Date): Date | null {
  if (!mayReceive(agency, now)) return now;
  const [first, ...later] = agency.agreements.map(({ to }) => to);
  if (first === undefined || first === null || later.includes(null)) return null;
  const last = later.reduce<string>((latest, to) => (to !== null && to > latest ? to : latest), first);
  return endOfDay(last, agency.timeZone);
}

/** Whether an agreement of the right type is in force today, as the agency counts days. Source: infra/reference/domain.md 3.7 check 2. */
export function mayReceive(agency: Agency, now: Date): boolean {
  return hasAgreement(recipientOf(agency, false), now);
}

/** What an administrator may record about an agency; missing or null fields do not change. */
export type Description = {
  [Field in DescribedField]?: Agency[Field] | null | undefined;
};
type DescribedField =
  | 'agencyType'
  | 'hipaaStatus'
  | 'isPart2Program'
  | 'isVictimServiceProvider'
  | 'needsIdentityToDecide'
  | 'agreements'
  | 'timeZone'
  | 'status';

/** Changes what was described. Other services hear of it when it is something that they keep. */
export function describe(agency: Agency, description: Description, now: Date): Described {
  const said = Object.entries(description).filter(([, value]) => value !== null && value !== undefined);
  const update = { ...agency, ...(Object.fromEntries(said) as Partial<Agency>) };
  const isTold = told.some((field) => update[field] !== agency[field]);
  return { update, facts: isTold ? [agencyFact(update, now)] : [] };
}
type Described = Change<never, Agency> & { update: Agency };
const told = ['agencyType', 'hipaaStatus', 'status'] as const;

/** The agency for other services: what it is, and no name. */
export function agencyFact({ id, agencyType, hipaaStatus, status }: Agency, now: Date): Fact {
  const active = status === 'ACTIVE';
  return agencyRecorded.of(id, now, { agencyId: id, agencyType, hipaaStatus, active });
}

/** Every fault of a description by itself: it changes nothing, an unknown time zone, an agreement that ends too early. */
export function descriptionFaults(description: Description): InputIssue[] {
  const { timeZone, agreements } = description;
  const issues: InputIssue[] = [];
  if (Object.values(description).every((value) => value === null || value === undefined)) {
    issues.push({ path: 'input', code: 'NOTHING_TO_CHANGE', message: 'Give at least one field to change.' });
  }
  if (timeZone && !IANAZone.isValidZone(timeZone)) {
    issues.push({ path: 'timeZone', code: 'UNKNOWN_ZONE', message: 'Give an IANA time zone.' });
  }
  for (const [index, { from, to }] of (agreements ?? []).entries()) {
    if (to === null || to >= from) continue;
    const message = 'An agreement cannot end before it begins.';
    issues.push({ path: `agreements.${index}.to`, code: 'BEFORE_START', message });
  }
  return issues;
}

export interface WebLink {
  label: string | null;
  url: string;
}

/** Web addresses with rows of their own, and those in the text of the entry. */
export function withPublished(links: readonly WebLink[], text: string | null): WebLink[] {
  const known = new Set(links.map(({ url }) => url));
  const published = (text ?? '')
    .split(/[,;\s]+/)
    .filter((part) => /^https?:\/\//i.test(part) && !known.has(part));
  return [...links, ...published.map((url) => ({ label: null, url }))];
}
