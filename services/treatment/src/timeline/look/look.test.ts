import { readPosition } from './look.ts';

describe('a position', () => {
  it.each([
    [['2026-11-23T10:00:00.000Z', '746:746:'], true],
    [['2026-11-23T10:00:00.000Z', '746:750:747,749'], true],
    [['2026-11-23T10:00:00.000Z', "746:750:'; drop"], false],
    [['yesterday', '746:746:'], false],
    [[], false],
    [null, false],
  ])('%j is one: %s', (values, isOne) => {
    expect(readPosition(values) !== null).toBe(isOne);
  });
});
