import { readPhone } from './phone.ts';

describe('a telephone number', () => {
  it.each([
    ['(305) 555-0123', '+13055550123', null],
    ['305.555.0123', '+13055550123', null],
    ['1 305 555 0123', '+13055550123', null],
    ['+1-305-555-0123', '+13055550123', null],
    ['305-555-0123 ext. 42', '+13055550123', '42'],
    ['305-555-0123 x0042', '+13055550123', '0042'],
    ['+49 30 1234567', '+49301234567', null],
  ])('%s is read', (text, number, extension) => {
    expect(readPhone(text)).toEqual({ number, extension });
  });

  it.each(['', '12', 'call me', '305-555-01234567890123', '+999 555'])('"%s" is none', (text) => {
    expect(readPhone(text)).toBeNull();
  });
});
