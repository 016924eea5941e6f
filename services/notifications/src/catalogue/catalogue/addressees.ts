import { isPresent, lineAbove, withRole, type Directory } from '../../inbox/staff/staff.ts';
import type { Addressee } from './catalogue.ts';

/** The people whom a fact names; null where it names nobody. */
export interface Named {
  authorId: string | null;
  caseManagerId: string | null;
  supervisorId: string | null;
  /** The member of staff who did it. */
  actorId: string | null;
}

export const nobody: Named = { authorId: null, caseManagerId: null, supervisorId: null, actorId: null };

/**
 * The people to tell, each once. Somebody who is not there is replaced by the nearest supervisor above, then by
 * the program administrators. As long as the fact names one person, the answer is never empty: the last resorts
 * are the platform engineers, then the people named. Source: infra/reference/domain.md 6.3 (absence).
 */
export function addresseesOf(to: readonly Addressee[], named: Named, directory: Directory): string[] {
  const found = to.flatMap((addressee) => find[addressee](named, directory));
  return [...new Set(found.length > 0 ? found : lastResort(named, directory))];
}

type Find = (named: Named, directory: Directory) => string[];

const find: Record<Addressee, Find> = {
  AUTHOR: ({ authorId }, directory) => (authorId && isPresent(directory, authorId) ? [authorId] : []),
  CASE_MANAGER: ({ caseManagerId }, directory) =>
    caseManagerId ? orAdmins([caseManagerId, ...lineAbove(directory, caseManagerId)], directory) : [],
  SUPERVISOR: (named, directory) => orAdmins(supervisorsOf(named, directory), directory),
  NEXT_SUPERVISOR: (named, directory) => orAdmins(supervisorsOf(named, directory).slice(1), directory),
  PROGRAM_ADMIN: (_named, directory) => withRole(directory, 'PROGRAM_ADMIN'),
  PRIVACY_OFFICER: (_named, directory) => withRole(directory, 'PRIVACY_OFFICER'),
  PLATFORM_ENGINEER: (_named, directory) => withRole(directory, 'PLATFORM_ENGINEER'),
};

/** Nobody supervises their own work, so an author is left out of the line above herself. */
function supervisorsOf({ authorId, caseManagerId, supervisorId }: Named, directory: Directory): string[] {
  const startsAt = supervisorId ?? caseManagerId ?? authorId;
  if (!startsAt) return [];
  const line = [...(supervisorId ? [supervisorId] : []), ...lineAbove(directory, startsAt)];
  const present = line.filter((id) => id !== authorId && isPresent(directory, id));
  return [...new Set(present)];
}

function orAdmins(inOrder: readonly string[], directory: Directory): string[] {
  const first = inOrder.find((id) => isPresent(directory, id));
  return first ? [first] : withRole(directory, 'PROGRAM_ADMIN');
}

function lastResort(named: Named, directory: Directory): string[] {
  const admins = withRole(directory, 'PROGRAM_ADMIN');
  if (admins.length > 0) return admins;
  const engineers = withRole(directory, 'PLATFORM_ENGINEER');
  if (engineers.length > 0) return engineers;
  const people = peopleIn(named);
  const present = people.filter((id) => isPresent(directory, id));
  return present.length > 0 ? present : people;
}

/** Everybody whom the fact names. */
export function peopleIn(named: Named): string[] {
  return [named.authorId, named.caseManagerId, named.supervisorId, named.actorId].filter((id) => id !== null);
}
