/** One fact as far as a measure asks for it: ids, codes and times. */
export interface Told {
  /** Id of the fact. */
  id: string;
  /** Client or member of staff whom it is about. */
  ownerId: string;
  type: string;
  /** When it was recorded. */
  at: Date;
  /** Position among the facts of its key. */
  sequence: number;
  subjectId: string | null;
  /** The request of a referral, the supervisor of an assignment or of a member of staff. */
  groupId: string | null;
  staffId: string | null;
  code: string | null;
  /** A time that the fact names. */
  toldAt: Date | null;
  yes: boolean | null;
}

/** Facts in the order in which they happened: facts of one key in their own order. */
export function inOrder<Fact extends Pick<Told, 'at' | 'sequence' | 'id'>>(facts: readonly Fact[]): Fact[] {
  return facts.toSorted((a, b) => +a.at - +b.at || a.sequence - b.sequence || (a.id < b.id ? -1 : 1));
}
