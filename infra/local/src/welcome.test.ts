import { demonstrationPeople } from '@throughline/sign-in';
import { localConfig } from './addresses.ts';
import { welcome } from './welcome.ts';

const gateway = { staffUrl: 'http://localhost:4000/graphql', partnerUrl: 'http://localhost:4100/graphql' };
const signIn = { issuer: 'http://localhost:4200' };

describe('the end of npm start', () => {
  it('names all people and the command that prints a token, and no token', () => {
    const text = welcome(gateway, signIn, { ...localConfig.parse({}), mailboxUrl: 'http://localhost:4300' });
    for (const { key, name } of demonstrationPeople) expect(text).toMatch(new RegExp(`${key} .*${name}`));
    expect(text).toContain('mailbox        http://localhost:4300');
    expect(text).toContain('TOKEN=$(npm run -s token -- maria)');
    expect(text).not.toMatch(/eyJ|[\w-]{40,}\.[\w-]{40,}/);
  });

  it('names a command that finds a sign-in at another port', () => {
    const text = welcome(gateway, signIn, {
      ...localConfig.parse({ SIGN_IN_PORT: '14200' }),
      mailboxUrl: null,
    });
    expect(text).toContain('TOKEN=$(SIGN_IN_PORT=14200 npm run -s token -- maria)');
  });
});
