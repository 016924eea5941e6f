import { roles, type Role, type Viewer } from './viewer.ts';

/** A role, or everybody who is signed in to one of the two graphs. */
export type AccessRole = Role | 'STAFF' | 'PARTNER';

/** Who may ask for a field: everybody who is signed in, or holders of one of these roles. */
export type AccessRule = 'PUBLIC' | ReadonlySet<AccessRole>;

export const accessRoles: ReadonlySet<string> = new Set<AccessRole>([...roles, 'STAFF', 'PARTNER']);

/** Names for everybody of a graph. Services among themselves have one role only. */
const everybodyOf = { STAFF: 'STAFF', PARTNER: 'PARTNER', INTERNAL: 'SYSTEM' } as const;

/** Whether the viewer may ask. A role counts in its own graph only, also when a token says more. */
export function allows(rule: AccessRule, viewer: Pick<Viewer, 'graph' | 'roles'>): boolean {
  if (rule === 'PUBLIC' || rule.has(everybodyOf[viewer.graph])) return true;
  return viewer.roles.some((role) => rule.has(role) && graphOf(role) === viewer.graph);
}

/** Whether `wider` permits everybody whom `rule` permits. */
export function isWithin(rule: AccessRule, wider: AccessRule): boolean {
  if (wider === 'PUBLIC') return true;
  if (rule === 'PUBLIC') return false;
  return [...rule].every((role) => wider.has(role) || wider.has(everybodyOf[graphOf(role)]));
}

/** The roles of a graph that a rule permits; named to a viewer who has none of them. */
export function rolesAt(graph: Viewer['graph'], rule: AccessRule): AccessRole[] {
  return rule === 'PUBLIC' ? [] : [...rule].filter((role) => graphOf(role) === graph);
}

function graphOf(role: AccessRole): Viewer['graph'] {
  if (role === 'SYSTEM') return 'INTERNAL';
  return role.startsWith('PARTNER') ? 'PARTNER' : 'STAFF';
}
