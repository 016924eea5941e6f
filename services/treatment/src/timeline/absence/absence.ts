/** A time in which a member of staff was away, with the moments at which rights and routing changed. */
export interface Absence {
  /** Id of the fact that told it. */
  id: string;
  staffId: string;
  /** Who stood in; null: nobody. */
  coverId: string | null;
  beganAt: Date;
  /** Null while it lasts. */
  endedAt: Date | null;
}

/** Somebody as the staff record says it. */
export interface Standing {
  away: boolean;
  coverId: string | null;
}

/** What a staff record does to the absence that lasts: it ends, another one begins, both, or neither. */
export function turnOf(
  lasting: Absence | null,
  { away, coverId }: Standing,
): { ends: boolean; begins: boolean } {
  const goesOn = lasting !== null && away && lasting.coverId === coverId;
  return { ends: lasting !== null && !goesOn, begins: away && !goesOn };
}
