import { eventually } from '@throughline/testing';
import { ask, answerWith, closeAll, maria, sourceOf } from './a-service.ts';
import { Gone } from './gone.ts';

/** A service that fails, or delays its answers. */
function aService() {
  const service = { mode: 'broken' as 'broken' | 'well' | 'slow', calls: 0, answer: () => undefined as void };
  return {
    service,
    listen: (options: { openMs: number }) =>
      sourceOf(
        (request, response) => {
          service.calls += 1;
          const answer = () => answerWith(response, { data: { me: { id: 'maria' } } });
          if (service.mode === 'broken') request.socket.destroy();
          else if (service.mode === 'well') answer();
          else service.answer = answer;
        },
        { breaker: { failures: 3, ...options }, singleFlight: false },
      ),
  };
}

const codes = async (answer: ReturnType<typeof ask>) =>
  (await answer).errors?.map(({ extensions }) => extensions?.code) ?? [];

afterEach(closeAll);

describe('a service that keeps failing', () => {
  it('is left alone after some failures in a row, and its part is missing at once', async () => {
    const { service, listen } = aService();
    const source = await listen({ openMs: 60_000 });
    for (let call = 0; call < 5; call += 1)
      expect(await codes(ask(source))).toEqual(['SUBGRAPH_UNAVAILABLE']);
    expect(service.calls).toBe(3);
    expect(source.state).toBe('open');
  });

  it('is not left alone when it answers in between', async () => {
    const { service, listen } = aService();
    const source = await listen({ openMs: 60_000 });
    for (const mode of ['broken', 'broken', 'well', 'broken', 'broken'] as const) {
      service.mode = mode;
      await ask(source);
    }
    expect(source.state).toBe('closed');
  });

  it('is tried by one call while the others are refused, and is taken back when that one succeeds', async () => {
    const { service, listen } = aService();
    const source = await listen({ openMs: 50 });
    for (let call = 0; call < 3; call += 1) await ask(source);
    service.mode = 'slow';
    const trial = await eventually(async () => {
      const answer = ask(source);
      await eventually(() => expect(service.calls).toBe(4), { timeoutMs: 100 });
      return { answer };
    });
    expect(source.state).toBe('half-open');
    expect(await codes(ask(source))).toEqual(['SUBGRAPH_UNAVAILABLE']);
    expect(service.calls).toBe(4);
    service.answer();
    expect(await codes(trial.answer)).toEqual([]);
    expect(source.state).toBe('closed');
  });

  it('is not taken back because the caller of the trial has gone', async () => {
    const { service, listen } = aService();
    const source = await listen({ openMs: 50 });
    for (let call = 0; call < 3; call += 1) await ask(source);
    service.mode = 'slow';
    const leaving = new Gone();
    const trial = await eventually(async () => {
      const answer = ask(source, { context: { ...maria, gone: leaving } });
      await eventually(() => expect(service.calls).toBe(4), { timeoutMs: 100 });
      return { answer };
    });
    leaving.tell();
    expect(source.state).toBe('half-open');
    service.answer();
    expect(await codes(trial.answer)).toEqual([]);
    expect(source.state).toBe('closed');
  });
});
