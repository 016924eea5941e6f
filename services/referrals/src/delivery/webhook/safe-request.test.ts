import { addressAdvice, addressFault, postSafely } from './safe-request.ts';

const limits = { timeoutMs: 500, allowedHosts: [] };

describe('posting to an address that somebody else chose', () => {
  it('looks the name up and goes nowhere private', async () => {
    expect(await postSafely('https://localhost/hook', {}, '{}', limits)).toEqual({
      outcome: 'ADDRESS_NOT_ALLOWED',
      httpStatus: null,
    });
  });

  it.each(['https://127.0.0.1/', 'https://[fd00::1]/', 'https://100.64.0.1/', 'https://[64:ff9b::a00:1]/'])(
    'refuses %s at once',
    (address) => {
      expect(addressFault(address, [])).toBe('The address must be a public one.');
    },
  );

  it.each([
    [
      'http://localhost:9000/hook',
      true,
      'must begin with https, or its host must be in WEBHOOK_ALLOWED_HOSTS.',
    ],
    ['https://127.0.0.1/hook', true, 'must be a public one, or its host must be in WEBHOOK_ALLOWED_HOSTS.'],
    ['http://localhost:9000/hook', false, 'must begin with https.'],
    ['https://a:b@localhost/hook', true, 'must not carry a password.'],
  ])('says what %s needs (in development: %s)', (address, isDevelopment, sentence) => {
    expect(addressAdvice(address, [], isDevelopment)).toBe(`The address ${sentence}`);
  });

  it('takes a public https address, and an allowed host without https', () => {
    expect(addressFault('https://partner.example/hook', [])).toBeNull();
    expect(addressFault('http://127.0.0.1:9/hook', ['127.0.0.1'])).toBeNull();
  });
});
