export * from './config.ts';
export { classOf, placeOf, type ErrorPlace } from './error-place.ts';
export * from './health.ts';
export * from './logger.ts';
export * from './metrics.ts';
export * from './shutdown.ts';
export { startTracing, traceWith, type Tracing, type TracingOptions } from './start-tracing.ts';
export { inSpan, noteSpans, tellSpan, traceparent, type SpanAbout } from './tracing.ts';
export * from './within.ts';
