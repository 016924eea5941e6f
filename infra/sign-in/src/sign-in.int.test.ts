import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRemoteJWKSet, jwtVerify, type JWTPayload } from 'jose';
import { demonstrationAgencies, demonstrationPeople, startSignIn, type RunningSignIn } from './index.ts';

let signIn: RunningSignIn;

beforeAll(async () => {
  signIn = await startSignIn({ port: 0 });
});
afterAll(() => signIn.close());

const systemCredentials = {
  grant_type: 'client_credentials',
  client_id: 'northlight-shelter-system',
  client_secret: 'for-demonstration-only-northlight',
};

async function verified(token: string, audience: string, by = signIn): Promise<JWTPayload> {
  const keys = createRemoteJWKSet(new URL(by.jwksUri));
  return (await jwtVerify(token, keys, { issuer: by.issuer, audience })).payload;
}

async function askToken(
  body: Record<string, string>,
): Promise<{ status: number; body: Record<string, string> }> {
  const response = await fetch(`${signIn.url}/token`, { method: 'POST', body: new URLSearchParams(body) });
  return { status: response.status, body: (await response.json()) as Record<string, string> };
}

function idOf(key: string): string | undefined {
  return demonstrationPeople.find((person) => person.key === key)?.id;
}

describe('the discovery document', () => {
  it('names this issuer, its keys and PKCE with S256', async () => {
    const response = await fetch(`${signIn.url}/.well-known/openid-configuration`);

    expect(await response.json()).toMatchObject({
      issuer: signIn.issuer,
      jwks_uri: signIn.jwksUri,
      code_challenge_methods_supported: ['S256'],
      response_types_supported: ['code'],
    });
  });

  it('publishes no private part of a key', async () => {
    const { keys } = (await (await fetch(signIn.jwksUri)).json()) as { keys: object[] };

    expect(keys).toHaveLength(1);
    expect(keys[0]).not.toHaveProperty('d');
  });
});

describe('a token for a demonstration person', () => {
  it.each(demonstrationPeople.filter(({ kind }) => kind === 'STAFF'))(
    'opens the staff graph as $key',
    async ({ key, id, name, roles }) => {
      const claims = await verified(await signIn.tokenFor(key), 'throughline-staff');

      expect(claims).toMatchObject({ sub: id, staff_id: id, name, roles });
      expect(claims).not.toHaveProperty('agency_id');
      expect(claims.exp! - claims.iat!).toBe(8 * 60 * 60);
    },
  );

  it.each(demonstrationPeople.filter((person) => person.kind !== 'STAFF'))(
    'opens the partner graph as $key',
    async ({ key, id, agencyId, roles }) => {
      const claims = await verified(await signIn.tokenFor(key), 'throughline-partner');

      expect(claims).toMatchObject({ sub: id, agency_id: agencyId, roles });
      expect(claims).not.toHaveProperty('staff_id');
    },
  );

  it('is refused by a reader that expects the other audience', async () => {
    await expect(verified(await signIn.tokenFor('maria'), 'throughline-partner')).rejects.toThrow('"aud"');
  });

  it('can be asked for the other graph, so that tests can show that the gateway refuses it', async () => {
    const token = await signIn.tokenFor('maria', 'throughline-partner');

    expect(await verified(token, 'throughline-partner')).toMatchObject({ staff_id: idOf('maria') });
  });

  it('is not made for someone unknown', async () => {
    await expect(signIn.tokenFor('nobody')).rejects.toThrow(/no demonstration person 'nobody'.*maria, jonah/);

    const answer = await askToken({
      grant_type: 'urn:throughline:demonstration',
      client_id: 'throughline-demonstration',
      person: 'nobody',
    });
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
  });

  it('is not made for a resource that is not a graph', async () => {
    const answer = await askToken({
      grant_type: 'urn:throughline:demonstration',
      client_id: 'throughline-demonstration',
      person: 'maria',
      resource: 'urn:throughline:nothing',
    });

    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_target' } });
  });
});

describe('a partner system', () => {
  it('signs in with client credentials as a principal of its agency', async () => {
    const { body } = await askToken(systemCredentials);

    expect(await verified(body.access_token!, 'throughline-partner')).toMatchObject({
      sub: idOf('shelter-system'),
      client_id: 'northlight-shelter-system',
      agency_id: demonstrationAgencies.shelter.id,
      roles: ['PARTNER_SYSTEM'],
    });
  });

  it.each([
    ['a wrong secret', { client_secret: 'guessed' }, 401, 'invalid_client'],
    ['the staff graph', { resource: 'urn:throughline:staff' }, 400, 'invalid_target'],
    [
      'the demonstration grant',
      { grant_type: 'urn:throughline:demonstration', person: 'maria' },
      400,
      'invalid_request',
    ],
  ])('is refused with %s', async (_what, change, status, error) => {
    expect(await askToken({ ...systemCredentials, ...change })).toMatchObject({ status, body: { error } });
  });
});

describe('the signing keys', () => {
  let dataDir: string;

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'sign-in-'));
  });
  afterEach(() => rm(dataDir, { recursive: true }));

  it('survive a restart, and so do the tokens', async () => {
    const issuer = 'http://localhost:4200';
    const before = await startSignIn({ port: 0, issuer, dataDir });
    const token = await before.tokenFor('ines');
    await before.close();

    const after = await startSignIn({ port: 0, issuer, dataDir });
    try {
      expect(await verified(token, 'throughline-staff', after)).toMatchObject({ roles: ['SUPERVISOR'] });
    } finally {
      await after.close();
    }
  });

  it('that are broken say which file to delete', async () => {
    await writeFile(join(dataDir, 'sign-in-keys.json'), '{"jwks"');

    await expect(startSignIn({ port: 0, dataDir })).rejects.toThrow(/sign-in-keys\.json.*delete the file/);
  });

  it('differ between two starts without a folder', async () => {
    const other = await startSignIn({ port: 0, issuer: signIn.issuer });
    try {
      const stranger = await other.tokenFor('maria');
      await expect(verified(stranger, 'throughline-staff')).rejects.toThrow();
    } finally {
      await other.close();
    }
  });
});

it('says in one sentence that its port is taken', async () => {
  const port = Number(new URL(signIn.url).port);

  await expect(startSignIn({ port })).rejects.toThrow(`Port ${port} is taken`);
});
