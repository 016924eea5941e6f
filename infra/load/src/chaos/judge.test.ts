import { judge, verdictOf, type CommittedFact, type Effect } from './judge.ts';

const a1: CommittedFact = { id: 'a1', key: 'a', n: 1 };
const a2: CommittedFact = { id: 'a2', key: 'a', n: 2 };
const a3: CommittedFact = { id: 'a3', key: 'a', n: 3 };
const b1: CommittedFact = { id: 'b1', key: 'b', n: 1 };

const heard = (consumer: string, ...ids: string[]): Effect[] => ids.map((factId) => ({ consumer, factId }));

describe('the judge', () => {
  it('finds nothing where each consumer shows each fact once, whatever the order of different keys', () => {
    const effects = [...heard('x', 'b1', 'a1', 'a2'), ...heard('y', 'a1', 'b1', 'a2')];
    expect(judge([a1, a2, b1], effects, ['x', 'y'])).toEqual({
      facts: 3,
      effects: 6,
      lost: 0,
      duplicates: 0,
      reordered: 0,
      phantoms: 0,
    });
  });

  it('counts what is missing for each consumer', () => {
    expect(judge([a1, b1], heard('x', 'a1'), ['x', 'y'])).toMatchObject({ lost: 3 });
  });

  it('counts what is there again as a duplicate and not as disorder', () => {
    expect(judge([a1, a2], heard('x', 'a1', 'a2', 'a1', 'a1'), ['x'])).toMatchObject({
      duplicates: 2,
      reordered: 0,
      lost: 0,
    });
  });

  it('counts each fact that comes after a later one of its key', () => {
    expect(judge([a1, a2, a3], heard('x', 'a3', 'a1', 'a2'), ['x'])).toMatchObject({ reordered: 2 });
    expect(judge([a1, a2, a3], heard('x', 'a1', 'a3', 'a2'), ['x'])).toMatchObject({ reordered: 1 });
  });

  it('counts the effect of what never was committed', () => {
    expect(judge([a1], heard('x', 'a1', 'rolled back'), ['x'])).toMatchObject({ phantoms: 1, lost: 0 });
  });
});

describe('the verdict', () => {
  const clean = judge([a1], heard('x', 'a1'), ['x']);

  it.each(['lost', 'duplicates', 'reordered', 'phantoms'] as const)('is red for one %s', (fault) => {
    expect(verdictOf({ ...clean, [fault]: 1 }, 1000)).toBe('RED');
  });

  const kept = { promises: 2, missed: 1, met: 1, lost: 0, twice: 0 };

  it.each(['lost', 'twice'] as const)('is red for one obligation that is %s', (fault) => {
    expect(verdictOf(clean, 1000, { ...kept, [fault]: 1 })).toBe('RED');
  });

  it.each(['missed', 'met'] as const)('is void when there were keepers and no obligation was %s', (shown) => {
    expect(verdictOf(clean, 1000, kept)).toBe('GREEN');
    expect(verdictOf(clean, 1000, { ...kept, [shown]: 0 })).toBe('VOID');
  });

  it('is void when fewer than 100 duplicates were suppressed, or when nothing was committed', () => {
    expect(verdictOf(clean, 100)).toBe('GREEN');
    expect(verdictOf(clean, 99)).toBe('VOID');
    expect(verdictOf(judge([], [], ['x']), 1000)).toBe('VOID');
  });
});
