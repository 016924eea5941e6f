import { messageChannels, type MessageChannel } from '../../catalogue/catalogue/routes.ts';
import { notificationCodes } from '../../inbox/notification/notification.ts';
import { messageLanguages } from '../address/address.ts';
import { audienceOf, defaultWording } from './default-templates.ts';
import { forbiddenWords } from './forbidden-words.ts';
import { fillIn, forbiddenIn, policyFaults, type Audience } from './policy.ts';

const faultsOf = (
  body: string,
  channel: MessageChannel = 'SMS',
  audience: Audience = 'STAFF',
  subject: string | null = null,
) => policyFaults(channel, audience, { subject, body }).map(({ code }) => code);

describe('the templates of the house', () => {
  it.each(messageLanguages)('in %s say nothing that identifies, for every code and channel', (language) => {
    for (const code of notificationCodes) {
      for (const channel of messageChannels) {
        const wording = defaultWording(code, language, channel);
        expect({ code, channel, faults: policyFaults(channel, audienceOf(code), wording) }).toEqual({
          ...{ code, channel, faults: [] },
        });
      }
    }
  });
});

describe('the content policy', () => {
  it.each(forbiddenWords.map((word) => word.replace('*', '')))('refuses "%s" in any writing', (word) => {
    expect(faultsOf(`About ${word}: {link}`)).toContain('FORBIDDEN_WORD');
    expect(faultsOf(`About ${word.toUpperCase()}: {link}`)).toContain('FORBIDDEN_WORD');
  });

  it.each([
    ['an accent', 'Su clínica: {link}'],
    ['a composed and a decomposed accent', `Recuperacio\u0301n: {link}`],
    ['a hidden character', 'Your re\u200Bcovery: {link}'],
    ['wide letters', 'Ｄｅｔｏｘ: {link}'],
    ['a break of line', 'return\n to use: {link}'],
  ])('refuses a word behind %s', (_how, body) => {
    expect(faultsOf(body)).toContain('FORBIDDEN_WORD');
  });

  it.each([
    ['a variable that is not permitted', 'Hello {clientName}: {link}', 'VARIABLE_NOT_ALLOWED'],
    ['a variable that is missing', 'You have an update.', 'MISSING_VARIABLE'],
    ['an address of its own', 'See https://example.org {link}', 'NOT_NEUTRAL'],
    ['a number', 'Call 3055550123 {link}', 'NOT_NEUTRAL'],
    ['markup', '<b>now</b> {link}', 'NOT_NEUTRAL'],
    ['a brace', 'Now { {link}', 'BRACES'],
    ['no text', '  ', 'EMPTY'],
    ['a text that is too long', `${'now '.repeat(100)}{link}`, 'TOO_LONG'],
  ])('refuses %s', (_what, body, code) => {
    expect(faultsOf(body)).toContain(code);
  });

  it('wants a subject where the channel has one, and nowhere else', () => {
    expect(faultsOf('Now {link}', 'EMAIL')).toContain('EMPTY');
    expect(faultsOf('Now {link}', 'SMS', 'STAFF', 'Now')).toContain('NOT_ALLOWED');
    expect(faultsOf('Now {link}', 'EMAIL', 'STAFF', 'one\nBcc: two')).toContain('TOO_LONG');
  });

  it('lets harmless words pass', () => {
    expect(forbiddenIn('Careful, a server in the showcase stays grouped. Programmer, tested.')).toEqual([]);
  });

  it('wants the time and the way to stop in a reminder to a client, and no link', () => {
    expect(faultsOf('Reminder: appointment {when}. Reply STOP to opt out.', 'SMS', 'CLIENT')).toEqual([]);
    expect(faultsOf('Reminder: appointment {when}.', 'SMS', 'CLIENT')).toEqual(['MISSING_STOP']);
    expect(faultsOf('Appointment. {link} STOP', 'SMS', 'CLIENT')).toEqual([
      'VARIABLE_NOT_ALLOWED',
      'MISSING_VARIABLE',
    ]);
  });

  it('fills in the values', () => {
    const filled = fillIn(
      { subject: '{appName}', body: 'See {link}' },
      { appName: 'Throughline', link: 'https://a/1' },
    );
    expect(filled).toEqual({ subject: 'Throughline', body: 'See https://a/1' });
  });
});
