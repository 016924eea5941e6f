/** Local copy of a staff record, fed by StaffRecorded. */
export interface Staff {
  id: string;
  supervisorId: string | null;
  roles: string[];
  /** IANA name; null = time zone of the program. */
  timeZone: string | null;
  active: boolean;
  /** On leave now. */
  away: boolean;
  /** Who stands in now; null when nobody does. */
  coverId: string | null;
  /** On call now; left out where nobody asked. */
  onCall?: boolean;
}

export type Directory = ReadonlyMap<string, Staff>;

export function directoryOf(staff: readonly Staff[]): Directory {
  return new Map(staff.map((one) => [one.id, one]));
}

/** A person whom a fact names and whose record has not arrived yet counts as present. */
export function isPresent(directory: Directory, id: string): boolean {
  const staff = directory.get(id);
  return !staff || (staff.active && !staff.away);
}

/** Who stands in for somebody who is away: nobody, or one person. */
export function coverOf(directory: Directory, id: string): string[] {
  const staff = directory.get(id);
  return staff?.active && staff.away && staff.coverId ? [staff.coverId] : [];
}

/** Everybody present who is on call now, in a stable order. */
export function onDuty(directory: Directory): string[] {
  return [...directory.values()]
    .filter(({ id, onCall }) => onCall === true && isPresent(directory, id))
    .map(({ id }) => id)
    .sort();
}

/** Supervisors above a person, nearest first. A circle in the data ends the line. */
export function lineAbove(directory: Directory, id: string): string[] {
  const line: string[] = [];
  let next = directory.get(id)?.supervisorId ?? null;
  while (next !== null && next !== id && !line.includes(next)) {
    line.push(next);
    next = directory.get(next)?.supervisorId ?? null;
  }
  return line;
}

/** Everybody present who holds the role, in a stable order. */
export function withRole(directory: Directory, role: string): string[] {
  return [...directory.values()]
    .filter(({ active, away, roles }) => active && !away && roles.includes(role))
    .map(({ id }) => id)
    .sort();
}
