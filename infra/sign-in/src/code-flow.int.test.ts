import { createHash, randomBytes } from 'node:crypto';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { startSignIn, type RunningSignIn } from './index.ts';

let signIn: RunningSignIn;

beforeEach(async () => {
  signIn = await startSignIn({ port: 0 });
});
afterEach(() => signIn.close());

const CALLBACK = 'http://localhost:5173/callback';

/** As much of a browser as the flow needs: cookies, and redirects one at a time. */
class Browser {
  readonly #cookies = new Map<string, string>();

  async open(url: string, form?: Record<string, string>): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(new URL(url, signIn.url), {
      redirect: 'manual',
      headers: { cookie },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      this.#cookies.set(name, value);
    }
    return response;
  }
}

function authorizationUrl(clientId: string, verifier?: string): string {
  const query = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    scope: 'openid profile',
    redirect_uri: CALLBACK,
    state: 'where-i-was',
  });
  if (verifier !== undefined) {
    query.set('code_challenge', createHash('sha256').update(verifier).digest('base64url'));
    query.set('code_challenge_method', 'S256');
  }
  return `/auth?${query.toString()}`;
}

function locationOf(response: Response): string {
  return response.headers.get('location') ?? '';
}

async function signInAs(browser: Browser, person: string, verifier: string): Promise<URL> {
  const page = locationOf(await browser.open(authorizationUrl('throughline-staff-app', verifier)));
  const chosen = await browser.open(page, { person });
  return new URL(locationOf(await browser.open(locationOf(chosen))));
}

async function exchange(
  code: string,
  verifier: string,
): Promise<{ status: number; body: Record<string, string> }> {
  const response = await fetch(`${signIn.url}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'throughline-staff-app',
      redirect_uri: CALLBACK,
      code,
      code_verifier: verifier,
    }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, string> };
}

const newVerifier = () => randomBytes(32).toString('base64url');

it('shows the people of the application to choose from, without scripts', async () => {
  const browser = new Browser();
  const page = await browser.open(
    locationOf(await browser.open(authorizationUrl('throughline-partner-app', newVerifier()))),
  );
  const html = await page.text();

  expect(html).toContain('Amara Lindqvist');
  expect(html).not.toContain('Maria Ostervald');
  expect(html).not.toContain('intake system');
  expect(html).not.toContain('<script');
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
});

it('ends with an access token for the staff graph and an id token for the application', async () => {
  const verifier = newVerifier();
  const back = await signInAs(new Browser(), 'maria', verifier);
  expect(back.href.startsWith(CALLBACK)).toBe(true);
  expect(back.searchParams.get('state')).toBe('where-i-was');

  const { body } = await exchange(back.searchParams.get('code') ?? '', verifier);
  const keys = createRemoteJWKSet(new URL(signIn.jwksUri));
  const { payload } = await jwtVerify(body.access_token!, keys, {
    issuer: signIn.issuer,
    audience: 'throughline-staff',
  });

  expect(payload).toMatchObject({ name: 'Maria Ostervald', roles: ['CASE_MANAGER'], staff_id: payload.sub });
  expect(decodeJwt(body.id_token!)).toMatchObject({ aud: 'throughline-staff-app', name: 'Maria Ostervald' });
});

it('does not ask again while the session lasts', async () => {
  const browser = new Browser();
  await signInAs(browser, 'maria', newVerifier());

  const again = await browser.open(authorizationUrl('throughline-staff-app', newVerifier()));

  expect(locationOf(again)).toContain(`${CALLBACK}?code=`);
});

it('asks a signed-in member of staff again when the partner application wants to know', async () => {
  const browser = new Browser();
  await signInAs(browser, 'maria', newVerifier());

  const partner = await browser.open(authorizationUrl('throughline-partner-app', newVerifier()));

  expect(locationOf(partner)).toContain('/interaction/');
});

it('refuses a code without the verifier that belongs to it, and a code used twice', async () => {
  const verifier = newVerifier();
  const browser = new Browser();
  const code = (await signInAs(browser, 'maria', verifier)).searchParams.get('code') ?? '';

  expect(await exchange(code, newVerifier())).toMatchObject({
    status: 400,
    body: { error: 'invalid_grant' },
  });

  const next = (await browser.open(authorizationUrl('throughline-staff-app', verifier))).headers.get(
    'location',
  )!;
  const second = new URL(next).searchParams.get('code')!;
  expect(await exchange(second, verifier)).toMatchObject({ status: 200 });
  expect(await exchange(second, verifier)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
});

it('refuses to start without PKCE', async () => {
  const response = await new Browser().open(authorizationUrl('throughline-staff-app'));

  expect(locationOf(response)).toContain('error=invalid_request');
});

it.each(['dario', 'nobody', '<b>'])('refuses %s at the page of the staff application', async (person) => {
  const browser = new Browser();
  const page = locationOf(await browser.open(authorizationUrl('throughline-staff-app', newVerifier())));
  const answer = await browser.open(page, { person });

  expect(answer.status).toBe(400);
  expect(await answer.text()).not.toContain('<b>');
});

it('says so when the page belongs to no sign-in', async () => {
  const response = await new Browser().open('/interaction/made-up');

  expect(response.status).toBe(400);
  expect(await response.text()).toContain('This sign-in has ended');
});

it('never sends anyone to another machine', async () => {
  const elsewhere = authorizationUrl('throughline-staff-app', newVerifier()).replace(
    'localhost',
    'example.org',
  );
  const response = await new Browser().open(elsewhere);

  expect(response.status).toBe(400);
  expect(response.headers.get('location')).toBeNull();
  expect(await response.text()).toContain('Sign-in did not work');
});
