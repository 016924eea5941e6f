import { readiness } from './readiness.ts';

describe('readiness', () => {
  it.each([
    ['ok', true],
    ['not started', false],
  ])('follows the events for subscriptions: %s', async (health, healthy) => {
    const ready = await readiness({ sources: new Map(), hub: { health: () => health } })();
    expect(ready).toEqual({ healthy, parts: { supergraph: 'loaded', 'live events': health } });
  });
});
