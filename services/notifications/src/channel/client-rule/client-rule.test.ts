import { refusalOf, type ClientRule } from './client-rule.ts';

const rule = (more: Partial<ClientRule> = {}): ClientRule => ({
  clientId: 'billie',
  ...{ contactProhibited: false, allowedMethods: [], mayBeLeft: true, mayMentionProgram: false },
  ...{ deceased: false, ...more },
});

describe('a message to a client', () => {
  it.each([
    [null, 'TEXT', null],
    [rule(), 'TEXT', null],
    [rule({ allowedMethods: ['CALL', 'TEXT'] }), 'TEXT', null],
    [rule({ allowedMethods: ['CALL'] }), 'TEXT', 'METHOD_NOT_ALLOWED'],
    [rule({ contactProhibited: true, allowedMethods: ['TEXT'] }), 'TEXT', 'CONTACT_PROHIBITED'],
    [rule({ contactProhibited: true, deceased: true }), 'EMAIL', 'DECEASED'],
    [rule(), 'CALL', null],
    [rule({ mayBeLeft: false, allowedMethods: ['CALL'] }), 'CALL', 'METHOD_NOT_ALLOWED'],
    [null, 'CALL', 'METHOD_NOT_ALLOWED'],
  ] as const)('under the rule %j by %s is refused with %s', (known, method, refusal) => {
    expect(refusalOf(known, method)).toBe(refusal);
  });
});
