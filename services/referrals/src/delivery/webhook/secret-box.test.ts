import { randomBytes } from 'node:crypto';
import { isOutdated, open, seal, type SecretKey } from './secret-box.ts';

const aKey = (id: string): SecretKey => ({ id, key: randomBytes(32) });
const [first, second] = [aKey('2026-01'), aKey('2026-02')];

describe('a webhook secret', () => {
  it('opens with the key that sealed it, also after a newer key came', () => {
    const sealed = seal([first], 'whsec_abc', 'row');
    expect(sealed).not.toContain('abc');
    expect(open([second, first], sealed, 'row')).toBe('whsec_abc');
    expect(isOutdated([second, first], sealed)).toBe(true);
    expect(isOutdated([second, first], seal([second, first], 'whsec_abc', 'row'))).toBe(false);
  });

  it('is never sealed the same way twice', () => {
    expect(seal([first], 'whsec_abc', 'row')).not.toBe(seal([first], 'whsec_abc', 'row'));
  });

  it('does not open in another row, with another key, or when it was changed', () => {
    const sealed = seal([first], 'whsec_abc', 'row');
    expect(() => open([first], sealed, 'other row')).toThrow();
    expect(() => open([{ ...second, id: first.id }], sealed, 'row')).toThrow();
    expect(() => open([second], sealed, 'row')).toThrow('2026-01');
    expect(() => open([first], `${sealed.slice(0, -4)}AAAA`, 'row')).toThrow();
  });

  it('from before encryption is read as it stands, and counts as outdated', () => {
    expect(open([first], 'whsec_abc', 'row')).toBe('whsec_abc');
    expect(isOutdated([first], 'whsec_abc')).toBe(true);
  });
});
