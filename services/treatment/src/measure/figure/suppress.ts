/** A figure is shown for at least so many people. Source: infra/reference/domain.md 5.2 (equity). */
export const LEAST = 11;
/** A team of one person would show the numbers of that person. */
export const LEAST_STAFF = 2;

/** How many people stand behind one number of a breakdown, and of how many members of staff they are. */
export interface Cell {
  stratum: string;
  people: number;
  staff?: number;
}

const isSmall = (people: number): boolean => people > 0 && people < LEAST;

/**
 * The numbers of a breakdown that are not shown: small ones, and as many of the others as it takes so that the total minus
 * what is shown says nothing about a small one. What is left out stands for at least two numbers and 11 people together.
 * Null: the total itself is too small, and nothing is shown. Source: infra/reference/domain.md 5.2 (equity).
 */
export function hiddenCells(total: number, cells: readonly Cell[]): ReadonlySet<string> | null {
  if (isSmall(total)) return null;
  const inOrder = cells.toSorted((a, b) => a.people - b.people || (a.stratum < b.stratum ? -1 : 1));
  const isHidden = ({ people, staff = LEAST_STAFF }: Cell) =>
    isSmall(people) || (people > 0 && staff < LEAST_STAFF);
  const hidden = inOrder.filter(isHidden);
  if (hidden.length === 0) return new Set();
  for (const cell of inOrder) {
    if (isSafe(hidden)) break;
    if (cell.people > 0 && !hidden.includes(cell)) hidden.push(cell);
  }
  return isSafe(hidden) ? new Set(hidden.map(({ stratum }) => stratum)) : null;
}

function isSafe(hidden: readonly Cell[]): boolean {
  return hidden.length >= 2 && hidden.reduce((sum, { people }) => sum + people, 0) >= LEAST;
}
