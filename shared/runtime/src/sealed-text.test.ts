import { randomBytes } from 'node:crypto';
import { isOutdated, isSealed, openBytes, seal, sealBytes, secretKeys, unseal } from './sealed-text.ts';

const keyOf = (id: string) => ({ id, key: randomBytes(32) });
const [older, newer] = [keyOf('older'), keyOf('newer')];
const place = { owner: 'row', setting: 'SOME_KEYS' };

describe('a sealed text', () => {
  it('opens with the key that sealed it, also after a newer one came, and for its owner only', () => {
    const sealed = seal([older], 'Dream of water', 'row');
    expect(isSealed(sealed)).toBe(true);
    expect(sealed).not.toContain('water');
    expect(unseal([newer, older], sealed, place)).toBe('Dream of water');
    expect(isOutdated([newer, older], sealed)).toBe(true);
    expect(() => unseal([newer, older], sealed, { ...place, owner: 'other' })).toThrow();
    expect(() => unseal([newer], sealed, place)).toThrow('older of a sealed text is not in SOME_KEYS');
    expect(() => unseal([older], `${sealed.slice(0, -4)}AAAA`, place)).toThrow();
  });

  it('can be content that is no text, with the same keys', () => {
    const content = Buffer.concat([Buffer.from([0, 255, 0]), randomBytes(1_000)]);
    const sealed = sealBytes([older], content, 'row');
    expect(sealed.includes(content.subarray(0, 100))).toBe(false);
    expect(openBytes([newer, older], sealed, place).equals(content)).toBe(true);
    expect(() => openBytes([newer, older], sealed, { ...place, owner: 'other' })).toThrow();
    expect(() => openBytes([newer], sealed, place)).toThrow('older of a sealed text is not in SOME_KEYS');
    sealed.writeUInt8(sealed.readUInt8(sealed.length - 1) ^ 1, sealed.length - 1);
    expect(() => openBytes([older], sealed, place)).toThrow();
  });
});

it.each([
  ['a:c2hvcnQ=', false],
  [`a:${randomBytes(32).toString('base64')}`, true],
  [`a:${randomBytes(32).toString('base64')}, b:${randomBytes(32).toString('base64')}`, true],
  ['', false],
])('keys of a setting %j are read: %p', (text, isRead) => {
  expect(secretKeys.safeParse(text).success).toBe(isRead);
});
