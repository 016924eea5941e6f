import { judgePromises, type Promised } from './judge-promises.ts';

const missed: Promised = { talked: false, status: 'MISSED', opened: 1, missed: 1, met: 0 };
const met: Promised = { talked: true, status: 'MET', opened: 1, missed: 0, met: 1 };
const clean = { lost: 0, twice: 0 };

describe('the judge of promises', () => {
  it('finds nothing where each was opened once and told once, one that was missed before it was met as well', () => {
    expect(judgePromises([missed, met, { ...met, missed: 1 }])).toEqual({
      ...clean,
      promises: 3,
      missed: 2,
      met: 2,
    });
  });

  it.each<[string, Promised]>([
    ['without an obligation', { talked: false, status: null, opened: 0, missed: 0, met: 0 }],
    ['that is still open', { ...missed, status: 'OPEN', missed: 0 }],
    ['that is missed and not told', { ...missed, missed: 0 }],
    ['whose conversation met nothing', { ...missed, talked: true }],
    ['that is met and not told', { ...met, met: 0 }],
    ['that was met by nothing', { ...met, talked: false }],
    ['whose beginning was not told', { ...missed, opened: 0 }],
  ])('counts one %s as lost', (_what, promise) => {
    expect(judgePromises([missed, promise])).toMatchObject({ lost: 1, twice: 0 });
  });

  it('counts what was told again', () => {
    expect(
      judgePromises([
        { ...missed, missed: 3 },
        { ...met, met: 2 },
        { ...met, opened: 2 },
      ]),
    ).toMatchObject({ lost: 0, twice: 4 });
  });
});
