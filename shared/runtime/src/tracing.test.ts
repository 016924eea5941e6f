import { context, propagation, trace } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { startTracing, traceWith, type Tracing } from './start-tracing.ts';
import { inSpan, noteSpans, tellSpan, traceparent } from './tracing.ts';

const about = (name: string, parent?: string) => () =>
  ({ by: 'test', name, kind: 'server', parent, attributes: { id: 'r-1', code: undefined } }) as const;

let tracing: Tracing | undefined;
let spans: InMemorySpanExporter;

async function begin(): Promise<void> {
  spans = new InMemorySpanExporter();
  tracing = await traceWith('test', new SimpleSpanProcessor(spans));
}
afterEach(async () => {
  await tracing?.close();
  tracing = undefined;
  for (const api of [trace, context, propagation]) api.disable();
});

describe('tracing', () => {
  it('does nothing while it is off, and the work all the same', async () => {
    const never = (): never => {
      throw new Error('a span is worked out');
    };
    const { close } = await startTracing({ service: 'test', endpoint: undefined });
    expect(await inSpan(never, () => Promise.resolve(traceparent() ?? 'none'))).toBe('none');
    noteSpans(never, 0);
    tellSpan(never);
    await close();
  });

  it('nests steps, and continues them from what another program sends', async () => {
    await begin();
    let sent: string | undefined;
    await inSpan(about('outer'), () =>
      inSpan(about('inner'), () => {
        sent = traceparent();
        return Promise.resolve();
      }),
    );
    await inSpan(about('elsewhere', sent), () => Promise.resolve());
    noteSpans(() => [about('noted', sent)()], Date.now());
    const found = new Map(spans.getFinishedSpans().map((span) => [span.name, span]));
    expect(new Set([...found.values()].map((span) => span.spanContext().traceId)).size).toBe(1);
    const inner = found.get('inner')?.spanContext().spanId;
    expect(sent).toContain(inner);
    expect(found.get('elsewhere')?.parentSpanContext?.spanId).toBe(inner);
    expect(found.get('noted')?.parentSpanContext?.spanId).toBe(inner);
  });

  it('begins a trace of its own after something that is no trace context', async () => {
    await begin();
    await inSpan(about('outer'), () => inSpan(about('other', 'nonsense'), () => Promise.resolve()));
    const [other, outer] = spans.getFinishedSpans();
    expect(other?.spanContext().traceId).not.toBe(outer?.spanContext().traceId);
  });

  it('tells the class of an error and never its text', async () => {
    await begin();
    const work = inSpan(about('failing'), () => {
      tellSpan(() => ({ name: 'named later', attributes: { code: 'C' } }));
      return Promise.reject(new TypeError('duplicate key (name)=(Ada Quill)'));
    });
    await expect(work).rejects.toThrow('Quill');
    const [span] = spans.getFinishedSpans();
    expect(span).toMatchObject({
      name: 'named later',
      attributes: { id: 'r-1', code: 'C', 'error.type': 'TypeError' },
    });
    expect(JSON.stringify([span?.attributes, span?.events, span?.status])).not.toContain('Quill');
  });

  it('sends to the collector that is set', async () => {
    const asked: string[] = [];
    const collector = createServer((request, response) => {
      asked.push(request.url ?? '');
      request.resume().once('end', () => response.writeHead(200).end());
    }).listen(0, '127.0.0.1');
    await once(collector, 'listening');
    const endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}/`;
    const { close } = await startTracing({ service: 'test', endpoint });
    await inSpan(about('one'), () => Promise.resolve());
    await close();
    collector.close();
    expect(asked).toEqual(['/v1/traces']);
  });
});
