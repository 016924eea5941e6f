import { hasRole, type Viewer } from '@throughline/graphql';

/** Who works with a client: what permission is asked of. */
export interface Care {
  clientId: string;
  /** Primary case manager; null while the case waits in the unassigned queue. */
  caseManagerId: string | null;
  supervisorId: string | null;
  /** The member of staff who registered the client. */
  registeredBy: string;
}

/** How far a viewer reaches. FULL: the whole record. PRIVACY: identity, consents, ledger. INTAKE: all but those two. */
export type Reach = 'FULL' | 'PRIVACY' | 'INTAKE';

/** The parts of a client's record that are given or withheld together. */
export type Part = 'IDENTITY' | 'CONTACT' | 'SOCIAL' | 'CONSENTS' | 'DISCLOSURES' | 'LEDGER_CHECK';

/**
 * Whether and how far the viewer may read a client. Own caseload, own team, the queue for those who empty it,
 * and privacy officers; nobody else may know that there is such a client, and no partner ever.
 * Source: infra/reference/domain.md 1.5, 3.8.
 */
export function reachOf(viewer: Viewer, care: Care | null): Reach | null {
  if (viewer.graph !== 'STAFF' || !care) return null;
  if (isPrimary(viewer, care) || isSupervisor(viewer, care)) return 'FULL';
  if (hasRole(viewer, 'PRIVACY_OFFICER')) return 'PRIVACY';
  const intake = care.registeredBy === viewer.id || care.caseManagerId === null;
  return hasRole(viewer, 'INTAKE_WORKER') && intake ? 'INTAKE' : null;
}

/** Whether the viewer may know that the client exists. */
export function mayReadClient(viewer: Viewer, care: Care | null): boolean {
  return reachOf(viewer, care) !== null;
}

/** Whether the viewer may change the record of needs, consents and the case: the caseload and the team. */
export function mayWorkWith(viewer: Viewer, care: Care | null): boolean {
  return reachOf(viewer, care) === 'FULL';
}

const partsOf: Record<Reach, ReadonlySet<Part>> = {
  FULL: new Set(['IDENTITY', 'CONTACT', 'SOCIAL', 'CONSENTS', 'DISCLOSURES']),
  PRIVACY: new Set(['IDENTITY', 'CONSENTS', 'DISCLOSURES', 'LEDGER_CHECK']),
  INTAKE: new Set(['IDENTITY', 'CONTACT', 'SOCIAL']),
};

/** Whether the viewer may read this part of the client's record. */
export function mayReadPart(viewer: Viewer, care: Care | null, part: Part): boolean {
  const reach = reachOf(viewer, care);
  return reach !== null && partsOf[reach].has(part);
}

/** Which field belongs to which part; fields that are not here are open to all who may read the client. */
export const partOfField = {
  name: 'IDENTITY',
  pronouns: 'IDENTITY',
  dateOfBirth: 'IDENTITY',
  ageBand: 'IDENTITY',
  preferredLanguage: 'IDENTITY',
  interpreterNeeded: 'IDENTITY',
  consentAuthority: 'IDENTITY',
  restrictAll: 'IDENTITY',
  contactPoints: 'CONTACT',
  safeContact: 'CONTACT',
  safeAddress: 'CONTACT',
  county: 'CONTACT',
  postalCode: 'CONTACT',
  blockedAgencyIds: 'CONTACT',
  livingSituation: 'SOCIAL',
  householdSize: 'SOCIAL',
  insuranceType: 'SOCIAL',
  accessibilityNeeds: 'SOCIAL',
  populations: 'SOCIAL',
  needs: 'SOCIAL',
  consents: 'CONSENTS',
  disclosures: 'DISCLOSURES',
  disclosureLedgerIntact: 'LEDGER_CHECK',
} as const satisfies Record<string, Part>;

function isPrimary(viewer: Viewer, { caseManagerId }: Care): boolean {
  const hands = hasRole(viewer, 'CASE_MANAGER', 'SUPERVISOR', 'CLINICIAN', 'PEER_SPECIALIST');
  return caseManagerId === viewer.id && hands;
}

/** The queue belongs to all supervisors: somebody must be able to give the case to somebody. */
function isSupervisor(viewer: Viewer, { caseManagerId, supervisorId }: Care): boolean {
  return hasRole(viewer, 'SUPERVISOR') && (supervisorId === viewer.id || caseManagerId === null);
}
