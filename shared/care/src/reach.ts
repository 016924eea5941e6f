import { hasRole, type Viewer } from '@throughline/graphql';
import { careRoles, relationsTo, type Care, type Relation } from './care.ts';

/** Parts of a client's record. Each part is given or withheld as a whole. */
export const parts = [
  /** The client exists: number and status. Everybody who may know the client reads it. */
  'EXISTENCE',
  /** Case files: status, dates, assignments. */
  'CASE',
  /** Names, dates of birth, languages, who may consent. */
  'IDENTITY',
  /** Telephone, address, how to contact the person safely. */
  'CONTACT',
  /** Housing, household, insurance, needs. */
  'SOCIAL',
  /** Consents with their recipients and labels. */
  'CONSENTS',
  /** The ledger of disclosures. */
  'DISCLOSURES',
  /** The proof that nobody changed the ledger. */
  'LEDGER_CHECK',
  /** Screenings, episodes, care plans, goals, safety flags. */
  'CLINICAL',
  /** Single answers of a screening. They say more than its result. */
  'ANSWERS',
  /** What happened when, as codes. Entries about clinical records need CLINICAL, too. */
  'TIMELINE',
  /** Referrals: service, agency, status, dates. */
  'REFERRALS',
  /** Referrals for needs that are more than social, and how many there are: the need alone says something clinical. */
  'SENSITIVE_REFERRALS',
  /** Free text that staff or agencies wrote in a referral. */
  'NARRATIVE',
  /** Open alerts about the client. */
  'ALERTS',
] as const;
export type Part = (typeof parts)[number];

/** How far a viewer reaches into the record of a client. */
export type Reach = 'FULL' | 'PEER' | 'PRIVACY' | 'INTAKE' | 'CRISIS' | 'DIRECTOR';

const everythingBut = (...closed: Part[]): ReadonlySet<Part> =>
  new Set(parts.filter((part) => !closed.includes(part)));

/**
 * A privacy officer reads who the person is, what was consented to and what left, and no narrative: what left is in
 * the ledger, field by field, and its text is not needed to review that (minimum necessary).
 * An intake worker reads nothing clinical. Who took a crisis over reads who and where the person is, and the clinical
 * record; a program administrator does not read the latter. Source: infra/reference/domain.md 1.5, 3.6, 4.4.
 */
const readable: Record<Reach, ReadonlySet<Part>> = {
  FULL: everythingBut('LEDGER_CHECK'),
  PEER: everythingBut('LEDGER_CHECK', 'ANSWERS'),
  PRIVACY: new Set<Part>([
    ...(['EXISTENCE', 'CASE', 'IDENTITY', 'CONSENTS', 'DISCLOSURES', 'LEDGER_CHECK'] as const),
    ...(['TIMELINE', 'REFERRALS', 'SENSITIVE_REFERRALS'] as const),
  ]),
  INTAKE: new Set<Part>(['EXISTENCE', 'CASE', 'IDENTITY', 'CONTACT', 'SOCIAL', 'REFERRALS', 'NARRATIVE']),
  CRISIS: new Set<Part>(['EXISTENCE', 'CASE', 'IDENTITY', 'CONTACT', 'CLINICAL', 'ALERTS']),
  DIRECTOR: new Set<Part>(['EXISTENCE', 'CASE', 'IDENTITY', 'CONTACT', 'ALERTS']),
};

/**
 * A peer specialist reads the clinical record and does not write it. A privacy officer writes nothing in the record of a
 * client: to record a consent takes a relation to the client, whatever other roles the person has. What a privacy
 * officer may do is to limit disclosure: `mayLimitDisclosure`. Source: infra/reference/domain.md 1.5.
 */
const changeable: Record<Reach, ReadonlySet<Part>> = {
  FULL: everythingBut('LEDGER_CHECK'),
  PEER: everythingBut('LEDGER_CHECK', 'CLINICAL', 'ANSWERS'),
  PRIVACY: new Set<Part>(),
  INTAKE: new Set<Part>(['IDENTITY', 'CONTACT', 'SOCIAL', 'REFERRALS', 'NARRATIVE']),
  CRISIS: new Set<Part>(['CLINICAL']),
  DIRECTOR: new Set<Part>(),
};

/** How far the viewer reaches, by every relation; empty: to this viewer the client does not exist. */
export function reachOf(viewer: Viewer, care: Care | null): Reach[] {
  return relationsTo(viewer, care).map((relation) => reachBy[relation](viewer));
}

const reachBy: Record<Relation, (viewer: Viewer) => Reach> = {
  OWN_CASELOAD: (viewer) => (hasRole(viewer, 'CASE_MANAGER', 'SUPERVISOR', 'CLINICIAN') ? 'FULL' : 'PEER'),
  CARE_TEAM: (viewer) => reachBy.OWN_CASELOAD(viewer),
  COVER: (viewer) => reachBy.OWN_CASELOAD(viewer),
  TEAM: () => 'FULL',
  QUEUE: (viewer) => (hasRole(viewer, 'SUPERVISOR') ? 'FULL' : 'INTAKE'),
  REGISTERED: () => 'INTAKE',
  RESPONDER: (viewer) => (hasRole(viewer, 'CASE_MANAGER', 'SUPERVISOR', 'CLINICIAN') ? 'CRISIS' : 'DIRECTOR'),
  PRIVACY: () => 'PRIVACY',
};

/** The relations by which the viewer reads all these parts of the client's record. */
export function relationsThatRead(viewer: Viewer, care: Care | null, needed: readonly Part[]): Relation[] {
  return relationsTo(viewer, care).filter((relation) => {
    const reach = readable[reachBy[relation](viewer)];
    return needed.every((part) => reach.has(part));
  });
}

/** Whether the viewer may know that the client exists. */
export function mayKnow(viewer: Viewer, care: Care | null): boolean {
  return relationsTo(viewer, care).length > 0;
}

/** Every part of the client's record that the viewer may read. */
export function readableParts(viewer: Viewer, care: Care | null): ReadonlySet<Part> {
  return new Set(reachOf(viewer, care).flatMap((reach) => [...readable[reach]]));
}

/** The parts that a reach gives by itself. */
export function readableBy(reach: Reach): ReadonlySet<Part> {
  return readable[reach];
}

/** Roles that search for a person before they register one. */
const registering = ['CASE_MANAGER', 'SUPERVISOR', 'CLINICIAN', 'INTAKE_WORKER'] as const;

/**
 * Whether the viewer may find people whom the viewer does not work with: name, year of birth and assigned worker, and
 * nothing that opens the record. Source: infra/reference/domain.md 3.8.
 */
export function mayFindOthers(viewer: Viewer): boolean {
  return viewer.graph === 'STAFF' && hasRole(viewer, ...registering);
}

/** Whether the viewer may read this part of the client's record. */
export function mayRead(viewer: Viewer, care: Care | null, part: Part): boolean {
  return reachOf(viewer, care).some((reach) => readable[reach].has(part));
}

/** Whether the viewer may change this part of the client's record. The role that a command needs stands in the SDL. */
export function mayChange(viewer: Viewer, care: Care | null, part: Part): boolean {
  return reachOf(viewer, care).some((reach) => changeable[reach].has(part));
}

/**
 * Whether the viewer may revoke a consent or restrict all disclosure of the client: who may change consents, and privacy
 * officers for every client. It makes disclosure smaller, never larger. Source: infra/reference/domain.md 1.5, 3.11.
 */
export function mayLimitDisclosure(viewer: Viewer, care: Care | null): boolean {
  return mayChange(viewer, care, 'CONSENTS') || relationsTo(viewer, care).includes('PRIVACY');
}

/** Why a part is given or withheld, as `access` lists say it. */
export type AccessReason = 'OK' | 'NOT_ASSIGNED' | 'ROLE_FORBIDDEN';

/** NOT_ASSIGNED: the viewer's role works with clients, but not with this one. It says the same of an unknown client. */
export function reasonFor(viewer: Viewer, care: Care | null, part: Part): AccessReason {
  if (mayRead(viewer, care, part)) return 'OK';
  const works = viewer.graph === 'STAFF' && hasRole(viewer, ...careRoles);
  return works && !mayKnow(viewer, care) ? 'NOT_ASSIGNED' : 'ROLE_FORBIDDEN';
}
