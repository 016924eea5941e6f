import type { Decision } from '@throughline/command/decision';
import { invalidInput, type InputIssue } from '@throughline/graphql/problems';
import { uuidV5 } from '../../directory/hsds/stable-id.ts';

export type PartnerRole = 'PARTNER_INTAKE' | 'PARTNER_ADMIN' | 'PARTNER_SYSTEM';

/** A person or a system of a partner agency. Source: infra/reference/domain.md 8.5. */
export interface PartnerPrincipal {
  id: string;
  agencyId: string;
  /** The `sub` of the token. */
  subject: string;
  name: string;
  roles: PartnerRole[];
  active: boolean;
  /** The program shut the person or system out: the agency cannot let it in again. */
  shutOutByProgram: boolean;
  /** Roles that the program took away: the agency cannot give them back. */
  rolesTakenAway: PartnerRole[];
  version: number;
}

/** On whose behalf a record is written: the program is above the agency. */
export type RecordedFor = 'PROGRAM' | 'AGENCY';

/** A field that is left out, or null, stays as it is. */
export type PrincipalDraft = {
  [Field in 'name' | 'roles' | 'active']?: PartnerPrincipal[Field] | null | undefined;
};

/**
 * The id follows from agency and subject. So a record of one agency says nothing about the same subject at another one, and a
 * person cannot be shut out by an agency that is not theirs.
 */
export function principalId(agencyId: string, subject: string): string {
  return uuidV5(`principal\n${agencyId.toLowerCase()}\n${subject}`);
}

/**
 * Creates or changes the record of a person or system. A new record needs a name and a role; PARTNER_SYSTEM stands alone. What
 * the program took away only the program gives back, else InvalidInput. Source: infra/reference/domain.md 8.5.
 */
export function recordPrincipal(
  known: PartnerPrincipal | null,
  { agencyId, subject, by }: Pick<PartnerPrincipal, 'agencyId' | 'subject'> & { by: RecordedFor },
  draft: PrincipalDraft,
): Decision<PartnerPrincipal> {
  const principal: PartnerPrincipal = {
    ...{ id: principalId(agencyId, subject), agencyId, subject },
    name: draft.name ?? known?.name ?? '',
    roles: [...new Set(draft.roles ?? known?.roles)],
    active: draft.active ?? known?.active ?? true,
    ...limitsOf(known, draft, by),
    version: known?.version ?? 1,
  };
  const faults = [...principalFaults(principal), ...(by === 'AGENCY' ? overruled(draft, principal) : [])];
  if (faults.length > 0) return invalidInput(faults);
  return known ? { update: principal } : { insert: principal };
}

type Limits = Pick<PartnerPrincipal, 'shutOutByProgram' | 'rolesTakenAway'>;

/** The limits that the program sets and lifts with what it records. */
function limitsOf(
  known: PartnerPrincipal | null,
  { active, roles }: PrincipalDraft,
  by: RecordedFor,
): Limits {
  const { shutOutByProgram = false, rolesTakenAway = [] } = known ?? {};
  if (by === 'AGENCY') return { shutOutByProgram, rolesTakenAway };
  const had = [...new Set([...rolesTakenAway, ...(known?.roles ?? [])])].sort();
  return {
    shutOutByProgram: typeof active === 'boolean' ? !active : shutOutByProgram,
    rolesTakenAway: roles ? had.filter((role) => !roles.includes(role)) : rolesTakenAway,
  };
}

/** What an agency asks for against the program. */
function overruled({ active, roles }: PrincipalDraft, limits: Limits): InputIssue[] {
  const message = 'The program took this away: only the program gives it back.';
  const fault = (path: string): InputIssue => ({ path, code: 'NOT_ALLOWED', message });
  return [
    ...(active && limits.shutOutByProgram ? [fault('active')] : []),
    ...(roles?.some((role) => limits.rolesTakenAway.includes(role)) ? [fault('roles')] : []),
  ];
}

function principalFaults({ name, roles }: PartnerPrincipal): InputIssue[] {
  const faults: InputIssue[] = [];
  if (name.trim() === '') faults.push({ path: 'name', code: 'MISSING', message: 'A name is needed.' });
  if (roles.length === 0) faults.push({ path: 'roles', code: 'MISSING', message: 'Name one role at least.' });
  if (roles.includes('PARTNER_SYSTEM') && roles.length > 1)
    faults.push({
      path: 'roles',
      code: 'NOT_COMBINABLE',
      message: 'PARTNER_SYSTEM is the only role of a system.',
    });
  return faults;
}

/**
 * The roles of a token that the record leaves: none when the record is inactive. A record can only take away. Without a record
 * the token decides, as for staff: an agency need not list its people before they can work. To shut out a person without a record, record
 * the person as inactive. Source: infra/reference/domain.md 8.5.
 */
export function rolesLeft<Role extends string>(
  held: readonly Role[],
  principal: PartnerPrincipal | null,
): readonly Role[] {
  if (!principal) return held;
  const recorded: readonly string[] = principal.active ? principal.roles : [];
  return held.filter((role) => recorded.includes(role));
}
