import { coverOf, isPresent, lineAbove, onDuty, withRole, type Directory } from '../../inbox/staff/staff.ts';
import type { Addressee } from './catalogue.ts';

/** People whom a fact names; null for a place without a person. */
export interface Named {
  authorId: string | null;
  caseManagerId: string | null;
  supervisorId: string | null;
  /** The member of staff who did it. */
  actorId: string | null;
  /** Who has the client when the case manager does not answer; left out by alerts of before. */
  backupId?: string | null;
}

export const nobody: Named = {
  ...{ authorId: null, caseManagerId: null, supervisorId: null, actorId: null, backupId: null },
};

/**
 * The people to tell, each once. A person who is away is replaced by who
 * stands in, then by the nearest supervisor above, then by the
 * program administrators, then by the platform engineers, then by the people named. The answer is never empty
 * when the fact names a person. Source: infra/reference/domain.md 6.3 (absence).
 */
export function addresseesOf(to: readonly Addressee[], named: Named, directory: Directory): string[] {
  const found = placesOf(to, named, directory);
  return found.length > 0 ? found : [...new Set(lastResort(named, directory))];
}

/** The people whom the places name, each once; empty when there is nobody. */
export function placesOf(to: readonly Addressee[], named: Named, directory: Directory): string[] {
  return [...new Set(to.flatMap((addressee) => find[addressee](named, directory)))];
}

type Find = (named: Named, directory: Directory) => string[];

const find: Record<Addressee, Find> = {
  AUTHOR: ({ authorId }, directory) => (authorId && isPresent(directory, authorId) ? [authorId] : []),
  AUTHOR_OR_SUPERVISOR: ({ authorId }, directory) =>
    authorId ? orAdmins([authorId, ...lineAbove(directory, authorId)], directory) : [],
  CASE_MANAGER: ({ caseManagerId }, directory) =>
    caseManagerId
      ? orAdmins(
          [caseManagerId, ...coverOf(directory, caseManagerId), ...lineAbove(directory, caseManagerId)],
          directory,
        )
      : [],
  BACKUP: ({ backupId = null }, directory) => (backupId && isPresent(directory, backupId) ? [backupId] : []),
  ON_CALL_CLINICIAN: (_named, directory) => onDuty(directory),
  SUPERVISOR: (named, directory) => orAdmins(supervisorsOf(named, directory), directory),
  ASSIGNERS: (_named, directory) => withRole(directory, 'SUPERVISOR'),
  NEXT_SUPERVISOR: (named, directory) => orAdmins(supervisorsOf(named, directory).slice(1), directory),
  PROGRAM_ADMIN: (_named, directory) => withRole(directory, 'PROGRAM_ADMIN'),
  PRIVACY_OFFICER: (_named, directory) => withRole(directory, 'PRIVACY_OFFICER'),
  PERSON_THANKED: ({ caseManagerId }) => (caseManagerId ? [caseManagerId] : []),
  PLATFORM_ENGINEER: (_named, directory) => withRole(directory, 'PLATFORM_ENGINEER'),
};

/** Nobody supervises their own work, so the author is left out of the line above. */
function supervisorsOf({ authorId, caseManagerId, supervisorId }: Named, directory: Directory): string[] {
  const startsAt = supervisorId ?? caseManagerId ?? authorId;
  if (!startsAt) return [];
  const line = [...(supervisorId ? [supervisorId] : []), ...lineAbove(directory, startsAt)];
  const reached = line.flatMap((id) => [id, ...coverOf(directory, id)]);
  const present = reached.filter((id) => id !== authorId && isPresent(directory, id));
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

/** All people whom the fact names. */
export function peopleIn(named: Named): string[] {
  const { authorId, caseManagerId, supervisorId, actorId, backupId = null } = named;
  return [authorId, caseManagerId, supervisorId, actorId, backupId].filter((id) => id !== null);
}
