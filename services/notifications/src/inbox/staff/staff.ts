/** Local copy of a staff record, fed by StaffRecorded. */
export interface Staff {
  id: string;
  supervisorId: string | null;
  roles: string[];
  /** IANA name; null = time zone of the program. */
  timeZone: string | null;
  active: boolean;
}

export type Directory = ReadonlyMap<string, Staff>;

export function directoryOf(staff: readonly Staff[]): Directory {
  return new Map(staff.map((one) => [one.id, one]));
}

/** A person whom a fact names and whose record has not arrived yet counts as present. */
export function isPresent(directory: Directory, id: string): boolean {
  return directory.get(id)?.active ?? true;
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
    .filter(({ active, roles }) => active && roles.includes(role))
    .map(({ id }) => id)
    .sort();
}
