import { createHmac } from 'node:crypto';
import {
  newKeyPair,
  publicKeysOf,
  signingKeyOf,
  type PublicKey,
  type SigningKey,
} from '@throughline/runtime';
import { SeenTokens } from './seen-tokens.ts';
import { signViewer, verifyViewer, type InternalCall, type Viewer } from './viewer.ts';

interface Keys {
  signs: SigningKey;
  checks: PublicKey[];
}

const keys = (): Keys => {
  const { privateKey, publicKey } = newKeyPair();
  return { signs: signingKeyOf(privateKey), checks: publicKeysOf(publicKey) };
};
const gateway = keys();
const referrals = keys();
const stranger = keys();
const guard = (internal: InternalCall | null = null, checks = gateway.checks) => ({
  keys: checks,
  internal,
  seen: new SeenTokens(),
});
const viewer: Viewer = { id: 'staff-1', roles: ['CASE_MANAGER'], agencyId: null, graph: 'STAFF' };
const service: Viewer = { id: 'referrals', roles: ['SYSTEM'], agencyId: null, graph: 'INTERNAL' };
const binding = { subgraph: 'clients', body: '{"query":"{ me }"}' };

describe('the viewer token', () => {
  it('carries the viewer to the subgraph it was signed for', () => {
    const token = signViewer(viewer, binding, gateway.signs);
    expect(verifyViewer(token, binding, guard())).toEqual(viewer);
  });

  it.each([
    ['another subgraph', { ...binding, subgraph: 'treatment' }, gateway],
    ['another body', { ...binding, body: '{"query":"{ everything }"}' }, gateway],
    ['another key', binding, stranger],
  ])('is refused with %s', (_case, other, { checks }) => {
    const token = signViewer(viewer, binding, gateway.signs);
    expect(verifyViewer(token, other, guard(null, checks))).toBeNull();
  });

  it.each([undefined, '', 'nonsense', 'a.b.c', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.'])(
    '%p is nobody',
    (token) => {
      expect(verifyViewer(token, binding, guard())).toBeNull();
    },
  );

  it('is refused when somebody signed it with the public key as a secret', () => {
    const [known] = gateway.checks;
    const [, payload = ''] = signViewer(viewer, binding, gateway.signs).split('.');
    const header = Buffer.from(JSON.stringify({ alg: 'HS256', typ: 'JWT', kid: known?.id })).toString(
      'base64url',
    );
    const forged = createHmac('sha256', known?.publicPem ?? '')
      .update(`${header}.${payload}`)
      .digest('base64url');
    expect(verifyViewer(`${header}.${payload}.${forged}`, binding, guard())).toBeNull();
  });

  it('is refused a second time, while a new one for the same request is taken', () => {
    const subgraph = guard();
    const token = signViewer(viewer, binding, gateway.signs);
    const another = signViewer(viewer, binding, gateway.signs);
    expect(verifyViewer(token, binding, subgraph)).toEqual(viewer);
    expect(verifyViewer(token, binding, subgraph)).toBeNull();
    expect(verifyViewer(another, binding, subgraph)).toEqual(viewer);
  });

  it('is not used up by somebody who tries it with another body', () => {
    const subgraph = guard();
    const token = signViewer(viewer, binding, gateway.signs);
    expect(verifyViewer(token, { ...binding, body: '{}' }, subgraph)).toBeNull();
    expect(verifyViewer(token, binding, subgraph)).toEqual(viewer);
  });
});

describe('the key of an internal call', () => {
  const internal: InternalCall = { caller: 'referrals', field: 'releaseBasis', keys: referrals.checks };

  it('speaks for the service that it belongs to', () => {
    const token = signViewer(service, binding, referrals.signs);
    expect(verifyViewer(token, binding, guard(internal))).toEqual(service);
  });

  it.each<[string, Viewer]>([
    ['a case manager', viewer],
    ['a partner', { id: 'amara', roles: ['PARTNER_INTAKE'], agencyId: 'shelter', graph: 'PARTNER' }],
    ['another service', { ...service, id: 'treatment' }],
    ['a service with the role of a person', { ...service, roles: ['SYSTEM', 'PRIVACY_OFFICER'] }],
  ])('does not speak for %s', (_case, claimed) => {
    const token = signViewer(claimed, binding, referrals.signs);
    expect(verifyViewer(token, binding, guard(internal))).toBeNull();
  });

  it('is unknown where nobody expects the call', () => {
    expect(verifyViewer(signViewer(service, binding, referrals.signs), binding, guard())).toBeNull();
  });

  it.each<[string, Viewer]>([
    ['service', service],
    ['person with the role of one', { ...viewer, roles: ['SYSTEM'] }],
  ])('is needed for a %s: the gateway cannot sign one', (_case, claimed) => {
    const token = signViewer(claimed, binding, gateway.signs);
    expect(verifyViewer(token, binding, guard(internal))).toBeNull();
  });
});

describe('a change of keys', () => {
  const before = keys();
  const after = keys();
  /**
   * The steps of infra/docker/README.md. During a step, programs of this step and of the step before it run.
   */
  const steps = [
    { signs: before.signs, checks: before.checks },
    { signs: before.signs, checks: [...before.checks, ...after.checks] },
    { signs: after.signs, checks: [...before.checks, ...after.checks] },
    { signs: after.signs, checks: after.checks },
  ];
  const underWay = steps.flatMap((_step, index) =>
    steps
      .slice(Math.max(index - 1, 0), index + 1)
      .flatMap((gatewayOf) =>
        steps
          .slice(Math.max(index - 1, 0), index + 1)
          .map((serviceOf) => [index, steps.indexOf(gatewayOf), steps.indexOf(serviceOf)] as const),
      ),
  );

  it.each(underWay)(
    'refuses nobody in step %i, gateway of step %i, service of step %i',
    (_step, from, to) => {
      const token = signViewer(viewer, binding, steps[from]!.signs);
      expect(verifyViewer(token, binding, guard(null, steps[to]!.checks))).toEqual(viewer);
    },
  );

  it('leaves the old key worthless', () => {
    const token = signViewer(viewer, binding, before.signs);
    expect(verifyViewer(token, binding, guard(null, after.checks))).toBeNull();
  });
});
