import { setTimeout as pause } from 'node:timers/promises';
import type { RunningGateway } from '@throughline/gateway';
import { demonstrationPeople, type RunningSignIn } from '@throughline/sign-in';
import { z } from 'zod';
import type { LocalConfig } from './addresses.ts';

/** Waits until the story's first query answers: a case manager sees her caseload. */
export async function awaitFirstAnswer({ staffUrl }: RunningGateway, signIn: RunningSignIn): Promise<void> {
  const token = await signIn.tokenFor('maria');
  const query = '{ myCaseload(first: 1) { edges { node { id } } } }';
  for (let attempt = 1; ; attempt += 1) {
    const errors = await ask(staffUrl, token, query);
    if (!errors) return;
    if (attempt === 60) throw new Error(`The graph does not answer: ${errors}. Look at the log above.`);
    await pause(500);
  }
}

const answer = z.object({ errors: z.array(z.object({ message: z.string() })).optional() });

async function ask(url: string, token: string, query: string): Promise<string | null> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query }),
  });
  const { errors } = answer.parse(await response.json());
  return errors?.map((error) => error.message).join(', ') ?? null;
}

/** Addresses, people, the command that prints a token, and three queries to try. No token: logs are kept and copied. */
export function welcome(
  gateway: Pick<RunningGateway, 'staffUrl' | 'partnerUrl'>,
  { issuer }: Pick<RunningSignIn, 'issuer'>,
  { SIGN_IN_PORT, mailboxUrl }: Pick<LocalConfig, 'SIGN_IN_PORT'> & { mailboxUrl: string | null },
): string {
  const elsewhere = SIGN_IN_PORT === 4200 ? '' : `SIGN_IN_PORT=${SIGN_IN_PORT} `;
  const mailbox = mailboxUrl
    ? `\n  mailbox        ${mailboxUrl}     e-mails that would leave this machine`
    : '';
  const people = demonstrationPeople.map(
    ({ key, name, roles }) => `  ${key.padEnd(15)} ${name}, ${roles.join(', ').toLowerCase()}`,
  );
  return `
Throughline is ready.

  staff graph    ${gateway.staffUrl}     open it in a browser: queries with the people one click away
  example page   ${new URL('/example', gateway.staffUrl).href}     a caseload in forty lines: gateway/FRONT-END.md
  partner graph  ${gateway.partnerUrl}
  sign-in        ${issuer}${mailbox}

Try, in a second terminal (any of the people below instead of maria):

  TOKEN=$(${elsewhere}npm run -s token -- maria)
  curl ${gateway.staffUrl} -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\
    -d '{"query":"{ myCaseload(first: 5) { edges { node { status client { id caseNumber } } } } }"}'

  1. her caseload       { myCaseload(first: 5) { edges { node { status client { id caseNumber } } } } }
  2. her inbox          { myNotifications(first: 5) { edges { node { code title state } } } }
  3. services nearby    { services(first: 5) { edges { node { id name agency { name } } } } }

${people.join('\n')}

Ctrl-C stops everything.`;
}
