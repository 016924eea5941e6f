import { readiness } from './readiness.ts';

describe('readiness', () => {
  it.each([
    ['ok', 'ok', 'ready'],
    ['nothing fetched from Kafka lately', 'ok', 'degraded'],
    ['closing', 'closing', 'unready'],
  ])('with live events %s', async (health, supergraph, status) => {
    const ready = await readiness({ sources: new Map(), hub: { health: () => health } })();
    expect(ready).toEqual({ status, parts: { supergraph, 'live events': health } });
  });

  it('is degraded by a database of the rate limits that is away', async () => {
    const allowances = { health: () => 'away' };
    const ready = await readiness({ sources: new Map(), hub: null, allowances })();
    expect(ready).toEqual({ status: 'degraded', parts: { supergraph: 'ok', 'rate limits': 'away' } });
  });

  it('is degraded by a service that is away', async () => {
    const sources = new Map([['clients', { state: 'open' as const }]]);
    expect(await readiness({ sources, hub: null })()).toEqual({
      status: 'degraded',
      parts: { supergraph: 'ok', clients: 'fails, is not called' },
    });
  });
});
