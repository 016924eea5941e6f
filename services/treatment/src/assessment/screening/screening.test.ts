import { newFlags, openFlags, type FlagSource, type Screening } from './screening.ts';

const at = new Date('2026-11-23T10:00:00Z');
const source = (id: string, asked: string[], flags: string[]): FlagSource => ({
  id,
  asked,
  flags,
  recordedAt: at,
});
const raised = source('raised', ['SUICIDE_ITEM'], ['SUICIDE_ITEM']);
const cleared = source('cleared', ['SUICIDE_ITEM'], []);
const notAsked = source('not-asked', [], []);

describe('an open safety flag', () => {
  it.each([
    ['stays open while nobody asks again', [notAsked, raised], ['raised']],
    ['closes when asked again and denied', [cleared, raised], []],
    ['is open again when raised again', [raised, cleared], ['raised']],
    ['is not there when never raised', [cleared, notAsked], []],
    ['is not there without screenings', [], []],
  ])('%s', (_rule, newestFirst, open) => {
    expect(openFlags(newestFirst).map(({ screeningId }) => screeningId)).toEqual(open);
  });
});

describe('a correction', () => {
  const screening = (flags: string[]) => ({ flags }) as Screening;

  it.each([
    ['tells of a flag that the corrected one had not raised', ['SUICIDE_ITEM'], [], ['SUICIDE_ITEM']],
    ['does not tell again of one that it had', ['SUICIDE_ITEM'], ['SUICIDE_ITEM'], []],
    ['tells nothing when it raises nothing', [], ['SUICIDE_ITEM'], []],
  ])('%s', (_rule, flags, before, told) => {
    expect(newFlags(screening(flags), screening(before))).toEqual(told);
  });

  it('is not needed for a first screening to tell of its flags', () => {
    expect(newFlags(screening(['SUICIDE_ITEM']), null)).toEqual(['SUICIDE_ITEM']);
  });
});
