import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newKeyPair } from '@throughline/runtime';
import { eventually } from '@throughline/testing';
import { SignJWT, exportJWK, generateKeyPair, type CryptoKey } from 'jose';
import { authenticator, type Authenticate } from './authenticate.ts';
import { gatewayConfig } from './config.ts';

let provider: Server;
let issuer: string;
let key: CryptoKey;
let strangerKey: CryptoKey;
let staff: Authenticate;
let partner: Authenticate;

beforeAll(async () => {
  const pair = await generateKeyPair('ES256');
  key = pair.privateKey;
  strangerKey = (await generateKeyPair('ES256')).privateKey;
  const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'ES256' };
  provider = createServer((request, response) => {
    const body = request.url === '/jwks' ? { keys: [jwk] } : { jwks_uri: `${issuer}/jwks` };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
  const config = gatewayConfig.parse({ OIDC_ISSUER: issuer, VIEWER_PRIVATE_KEY: newKeyPair().privateKey });
  staff = authenticator({ graph: 'STAFF', audience: 'throughline-staff', config });
  partner = authenticator({ graph: 'PARTNER', audience: 'throughline-partner', config });
});

afterAll(() => {
  provider.close();
});

interface Faults {
  audience?: string;
  issuer?: string;
  expiresAt?: number;
  key?: CryptoKey;
}

async function bearer(claims: Record<string, unknown>, faults: Faults = {}): Promise<string> {
  const token = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
    .setSubject('someone')
    .setIssuer(faults.issuer ?? issuer)
    .setAudience(faults.audience ?? 'throughline-staff')
    .setExpirationTime(faults.expiresAt ?? '5 minutes')
    .sign(faults.key ?? key);
  return `Bearer ${token}`;
}

const maria = { staff_id: 'maria', roles: ['CASE_MANAGER'] };
const shelter = { agency_id: 'shelter', roles: ['PARTNER_INTAKE'] };
const soon = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;

describe('the staff graph', () => {
  it('takes the scheme in any case', async () => {
    const lower = (await bearer(maria)).replace('Bearer', 'bearer');
    await expect(staff(lower)).resolves.toMatchObject({ id: 'maria' });
  });

  it('takes a case manager by her staff id', async () => {
    await expect(staff(await bearer(maria))).resolves.toEqual({
      id: 'maria',
      roles: ['CASE_MANAGER'],
      agencyId: null,
      graph: 'STAFF',
    });
  });

  it('forgives a clock that is a few seconds off', async () => {
    await expect(staff(await bearer(maria, { expiresAt: soon(-10) }))).resolves.toMatchObject({
      id: 'maria',
    });
  });

  it('knows a good token again until it expires, and not longer', async () => {
    const strict = authenticator({
      graph: 'STAFF',
      audience: 'throughline-staff',
      config: gatewayConfig.parse({
        OIDC_ISSUER: issuer,
        OIDC_CLOCK_SKEW_S: 0,
        VIEWER_PRIVATE_KEY: newKeyPair().privateKey,
      }),
    });
    const header = await bearer(maria, { expiresAt: soon(2) });
    const viewer = await strict(header);
    expect(await strict(header)).toBe(viewer);
    await eventually(() => expect(strict(header)).rejects.toMatchObject({ message: /expired/ }));
  });

  it.each<[string, () => Promise<string> | string | undefined]>([
    ['no token', () => undefined],
    ['another scheme', () => 'Basic bWFyaWE6bWFyaWE='],
    ['nonsense', () => 'Bearer this-is-not-a-token-at-all'],
    ['an expired token', () => bearer(maria, { expiresAt: soon(-120) })],
    ['the audience of partners', () => bearer(maria, { audience: 'throughline-partner' })],
    ['another issuer', () => bearer(maria, { issuer: 'https://elsewhere.example' })],
    ['another key', () => bearer(maria, { key: strangerKey })],
    ['no staff id', () => bearer({ roles: ['CASE_MANAGER'] })],
    ['no role', () => bearer({ staff_id: 'maria', roles: [] })],
    ['a role that is not for people', () => bearer({ staff_id: 'maria', roles: ['SYSTEM'] })],
    ['a partner', () => bearer({ ...shelter, staff_id: 'maria' })],
  ])('refuses %s', async (_case, header) => {
    await expect(staff(await header())).rejects.toMatchObject({ extensions: { code: 'UNAUTHENTICATED' } });
  });
});

describe('the partner graph', () => {
  it('takes an agency’s person and keeps to that agency', async () => {
    const header = await bearer(shelter, { audience: 'throughline-partner' });
    await expect(partner(header)).resolves.toMatchObject({ agencyId: 'shelter', graph: 'PARTNER' });
  });

  it('refuses staff, even with a token made for this graph', async () => {
    const header = await bearer({ ...maria, agency_id: 'shelter' }, { audience: 'throughline-partner' });
    await expect(partner(header)).rejects.toMatchObject({ extensions: { code: 'UNAUTHENTICATED' } });
  });

  it('refuses a partner without an agency', async () => {
    const header = await bearer({ roles: ['PARTNER_INTAKE'] }, { audience: 'throughline-partner' });
    await expect(partner(header)).rejects.toMatchObject({ extensions: { code: 'UNAUTHENTICATED' } });
  });
});
