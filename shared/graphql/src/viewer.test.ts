import { SeenTokens } from './seen-tokens.ts';
import { signViewer, verifyViewer, type Viewer } from './viewer.ts';

const secret = 'a secret of at least thirty-two characters';
const guard = (key = secret) => ({ secret: key, seen: new SeenTokens() });
const viewer: Viewer = { id: 'staff-1', roles: ['CASE_MANAGER'], agencyId: null, graph: 'STAFF' };
const binding = { subgraph: 'clients', body: '{"query":"{ me }"}' };

describe('the viewer token', () => {
  it('carries the viewer to the subgraph it was signed for', () => {
    const token = signViewer(viewer, binding, secret);
    expect(verifyViewer(token, binding, guard())).toEqual(viewer);
  });

  it.each([
    ['another subgraph', { ...binding, subgraph: 'treatment' }, secret],
    ['another body', { ...binding, body: '{"query":"{ everything }"}' }, secret],
    ['another secret', binding, 'another secret of at least thirty-two chars'],
  ])('is worth nothing with %s', (_case, other, key) => {
    const token = signViewer(viewer, binding, secret);
    expect(verifyViewer(token, other, guard(key))).toBeNull();
  });

  it.each([undefined, '', 'nonsense', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.'])('%p is nobody', (token) => {
    expect(verifyViewer(token, binding, guard())).toBeNull();
  });

  it('is worth nothing a second time, while a new one for the same request is', () => {
    const subgraph = guard();
    const token = signViewer(viewer, binding, secret);
    const another = signViewer(viewer, binding, secret);
    expect(verifyViewer(token, binding, subgraph)).toEqual(viewer);
    expect(verifyViewer(token, binding, subgraph)).toBeNull();
    expect(verifyViewer(another, binding, subgraph)).toEqual(viewer);
  });

  it('is not used up by somebody who tries it with another body', () => {
    const subgraph = guard();
    const token = signViewer(viewer, binding, secret);
    expect(verifyViewer(token, { ...binding, body: '{}' }, subgraph)).toBeNull();
    expect(verifyViewer(token, binding, subgraph)).toEqual(viewer);
  });
});
