import { SeenTokens } from './seen-tokens.ts';
import { signViewer, verifyViewer, type Viewer } from './viewer.ts';

const secret = 'a secret of at least thirty-two characters';
const guard = (key = secret) => ({ secret: key, seen: new SeenTokens() });
const viewer: Viewer = { id: 'staff-1', roles: ['CASE_MANAGER'], agencyId: null, graph: 'STAFF' };
const binding = { subgraph: 'clients', body: '{"query":"{ me }"}' };

describe('the viewer token', () => {
  it('carries the viewer to the subgraph it was signed for', async () => {
    const token = await signViewer(viewer, binding, secret);
    await expect(verifyViewer(token, binding, guard())).resolves.toEqual(viewer);
  });

  it.each([
    ['another subgraph', { ...binding, subgraph: 'treatment' }, secret],
    ['another body', { ...binding, body: '{"query":"{ everything }"}' }, secret],
    ['another secret', binding, 'another secret of at least thirty-two chars'],
  ])('is worth nothing with %s', async (_case, other, key) => {
    const token = await signViewer(viewer, binding, secret);
    await expect(verifyViewer(token, other, guard(key))).resolves.toBeNull();
  });

  it.each([undefined, '', 'nonsense', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.'])(
    '%p is nobody',
    async (token) => {
      await expect(verifyViewer(token, binding, guard())).resolves.toBeNull();
    },
  );

  it('is worth nothing a second time, while a new one for the same request is', async () => {
    const subgraph = guard();
    const [token, another] = await Promise.all([
      signViewer(viewer, binding, secret),
      signViewer(viewer, binding, secret),
    ]);
    await expect(verifyViewer(token, binding, subgraph)).resolves.toEqual(viewer);
    await expect(verifyViewer(token, binding, subgraph)).resolves.toBeNull();
    await expect(verifyViewer(another, binding, subgraph)).resolves.toEqual(viewer);
  });

  it('is not used up by somebody who tries it with another body', async () => {
    const subgraph = guard();
    const token = await signViewer(viewer, binding, secret);
    await expect(verifyViewer(token, { ...binding, body: '{}' }, subgraph)).resolves.toBeNull();
    await expect(verifyViewer(token, binding, subgraph)).resolves.toEqual(viewer);
  });
});
