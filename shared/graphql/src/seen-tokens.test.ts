import { SeenTokens } from './seen-tokens.ts';

describe('the tokens that were seen', () => {
  it('admits a token once', () => {
    const seen = new SeenTokens();
    expect(seen.admit('a', 60_000, 0)).toBe(true);
    expect(seen.admit('a', 60_000, 1)).toBe(false);
    expect(seen.admit('b', 60_000, 1)).toBe(true);
  });

  it('remembers one until it has expired, and however many others came and went', () => {
    const seen = new SeenTokens();
    seen.admit('short', 10_000, 0);
    seen.admit('long', 60_000, 0);
    expect(seen.admit('later', 80_000, 30_000)).toBe(true);
    expect(seen.admit('long', 60_000, 59_999)).toBe(false);
  });

  it('refuses when it is full, rather than to forget, until there is room', () => {
    const seen = new SeenTokens(2);
    seen.admit('a', 60_000, 0);
    seen.admit('b', 60_000, 0);
    expect(seen.admit('c', 70_000, 10_000)).toBe(false);
    expect(seen.admit('a', 60_000, 10_000)).toBe(false);
    expect(seen.admit('c', 70_000, 60_000)).toBe(true);
  });
});
