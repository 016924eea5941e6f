import type { SpanProcessor } from '@opentelemetry/sdk-trace-node';
import { switchTracing } from './tracing.ts';

export interface Tracing {
  /** Sends the remaining spans. */
  close(): Promise<void>;
}

export interface TracingOptions {
  service: string;
  /**
   * Address of an OpenTelemetry collector, OTLP over HTTP. Without it nothing is loaded and nothing is traced.
   */
  endpoint: string | undefined;
}

/** For main.ts, before anything is started. */
export async function startTracing({ service, endpoint }: TracingOptions): Promise<Tracing> {
  if (!endpoint) return { close: () => Promise.resolve() };
  const { BatchSpanProcessor } = await import('@opentelemetry/sdk-trace-node');
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` });
  return traceWith(service, new BatchSpanProcessor(exporter));
}

/** Sends spans to the processor: for tests, which have spans in memory. */
export async function traceWith(service: string, processor: SpanProcessor): Promise<Tracing> {
  const { NodeTracerProvider } = await import('@opentelemetry/sdk-trace-node');
  const { resourceFromAttributes } = await import('@opentelemetry/resources');
  const { W3CTraceContextPropagator } = await import('@opentelemetry/core');
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': service, 'service.namespace': 'throughline' }),
    spanProcessors: [processor],
  });
  // The trace context only: baggage would forward everything that a caller puts into it.
  provider.register({ propagator: new W3CTraceContextPropagator() });
  switchTracing(true);
  return {
    close: async () => {
      switchTracing(false);
      await provider.shutdown();
    },
  };
}
