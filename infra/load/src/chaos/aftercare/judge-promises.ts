/** A discharge that was committed, and what the treatment service made of it. */
export interface Promised {
  /** Whether somebody talked with the client before the time was over: committed, not only tried. */
  talked: boolean;
  /** Of the obligation; null where there is none. */
  status: string | null;
  /** How many facts say that it was opened, missed and met. */
  opened: number;
  missed: number;
  met: number;
}

export interface PromiseJudgement {
  promises: number;
  /** Obligations whose time was over and that were told as missed. */
  missed: number;
  /** Obligations that a conversation met. */
  met: number;
  /** Promises without an obligation, still open at the end, or not told. */
  lost: number;
  /** Facts beyond the first of their kind about one obligation. */
  twice: number;
}

/** Compares every committed discharge with what was told of its obligation. Call it when all of their times are over. */
export function judgePromises(promises: readonly Promised[]): PromiseJudgement {
  const count = (holds: (one: Promised) => boolean): number => promises.filter(holds).length;
  const beyondFirst = (n: number): number => Math.max(0, n - 1);
  return {
    promises: promises.length,
    missed: count(({ missed }) => missed > 0),
    met: count(({ met }) => met > 0),
    lost: count((one) => !isKept(one)),
    twice: promises.reduce(
      (sum, { opened, missed, met }) => sum + beyondFirst(opened) + beyondFirst(missed) + beyondFirst(met),
      0,
    ),
  };
}

/** A conversation that is heard late meets what was told as missed before. */
export function isKept({ talked, status, opened, missed, met }: Promised): boolean {
  const told = talked ? status === 'MET' && met > 0 : status === 'MISSED' && missed > 0;
  return told && opened > 0;
}
