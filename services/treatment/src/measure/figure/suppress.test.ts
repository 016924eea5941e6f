import fc from 'fast-check';
import { hiddenCells, LEAST, type Cell } from './suppress.ts';

const hidden = (people: number[], staff?: number[]): string[] | null => {
  const cells = people.map((n, index): Cell => ({
    stratum: `s${index}`,
    people: n,
    ...(staff && { staff: staff[index] ?? 9 }),
  }));
  const found = hiddenCells(
    people.reduce((sum, n) => sum + n, 0),
    cells,
  );
  return found && [...found].sort();
};

describe('a breakdown', () => {
  it.each<[number[], string[] | null]>([
    [[20, 30], []],
    [[11, 11], []],
    [
      [10, 30, 20],
      ['s0', 's2'],
    ],
    [
      [10, 10, 30],
      ['s0', 's1'],
    ],
    [
      [3, 4, 50, 40],
      ['s0', 's1', 's3'],
    ],
    [[0, 30], []],
    [[5, 5], null],
    [[4], null],
    [[], []],
  ])('of %j people hides %j', (people, expected) => {
    expect(hidden(people)).toEqual(expected);
  });

  it('hides a team of one person', () => {
    expect(hidden([20, 30, 40], [1, 4, 4])).toEqual(['s0', 's1']);
    expect(hidden([20], [1])).toBeNull();
  });

  it('never lets the total minus what is shown say anything about a small number', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 40 }), { maxLength: 12 }), (people) => {
        const total = people.reduce((sum, n) => sum + n, 0);
        const found = hidden(people);
        // Nothing is shown, and the total neither: nothing can be subtracted.
        if (found === null) return total > 0 && total < LEAST;
        const left = people.filter((_n, index) => found.includes(`s${index}`));
        const small = people.filter((n) => n > 0 && n < LEAST);
        const sum = left.reduce((all, n) => all + n, 0);
        return small.length === 0
          ? left.length === 0
          : left.length >= 2 && sum >= LEAST && small.every((n) => left.includes(n));
      }),
      { numRuns: 2000 },
    );
  });
});
