import { generateKeyPairSync } from 'node:crypto';
import { newKeyPair, publicKeys, publicKeysOf, signingKey, signingKeyOf } from './key.ts';

const one = newKeyPair();
const another = newKeyPair();
const onAnotherCurve = generateKeyPairSync('ec', { namedCurve: 'secp384r1' });

describe('a key pair', () => {
  it('has one id, and another pair has another', () => {
    const ids = publicKeysOf(`${one.publicKey}, ${another.publicKey}`).map(({ id }) => id);
    expect(ids).toEqual([signingKeyOf(one.privateKey).id, signingKeyOf(another.privateKey).id]);
    expect(new Set(ids).size).toBe(2);
  });

  it.each([
    ['a password', 'a secret of at least thirty-two characters'],
    ['a private key', one.privateKey],
    ['nothing after a comma', `${one.publicKey},`],
    [
      'a key on another curve',
      onAnotherCurve.publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    ],
  ])('is not read as public keys from %s', (_case, text) => {
    expect(publicKeys.safeParse(text).error?.issues[0]?.message).toMatch(/^must be public keys/);
  });

  it.each([
    ['a password', 'a secret of at least thirty-two characters'],
    ['a public key', one.publicKey],
    [
      'a key on another curve',
      onAnotherCurve.privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
    ],
  ])('is not read as a private key from %s', (_case, text) => {
    expect(signingKey.safeParse(text).error?.issues[0]?.message).toMatch(/^must be a private key/);
  });
});
