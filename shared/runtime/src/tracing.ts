import {
  context,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type Span,
} from '@opentelemetry/api';
import { classOf } from './error-place.ts';

/** One step of a trace. Names and attributes hold ids, codes and names of operations: never variables, never texts. */
export interface SpanAbout {
  /** The program that does it, also where several share a process. */
  by: string;
  name: string;
  kind: 'server' | 'client' | 'producer' | 'consumer';
  /** Those that are undefined are left out. */
  attributes?: Attributes;
  /** The span that caused it, from `traceparent`; the present span when left out. */
  parent?: string | undefined;
}

const kinds = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
};

let on = false;

/** While tracing is off, the functions below do nothing; not even attributes are computed. */
export function switchTracing(to: boolean): void {
  on = to;
}

/** Runs the work as one span. */
export function inSpan<Value>(about: () => SpanAbout, work: () => Promise<Value>): Promise<Value> {
  if (!on) return work();
  const { by, name, kind, attributes = {}, parent } = about();
  const options = { kind: kinds[kind], attributes };
  return trace.getTracer(by).startActiveSpan(name, options, parentOf(parent), (span) => ended(span, work));
}

/** Records finished spans, for work that was done for several causes together. Milliseconds since 1970. */
export function noteSpans(abouts: () => Iterable<SpanAbout>, beganAt: number, error?: unknown): void {
  if (!on) return;
  for (const { by, name, kind, attributes = {}, parent } of abouts()) {
    const options = { kind: kinds[kind], attributes, startTime: beganAt };
    const span = trace.getTracer(by).startSpan(name, options, parentOf(parent));
    if (error !== undefined) fail(span, error);
    span.end();
  }
}

/** Adds attributes to the present span. */
export function tellSpan(about: () => { name?: string; attributes?: Attributes }): void {
  if (!on) return;
  const span = trace.getActiveSpan();
  if (!span) return;
  const { name, attributes } = about();
  if (name) span.updateName(name);
  if (attributes) span.setAttributes(attributes);
}

/** The present span, for another program to continue (W3C Trace Context); undefined without one. */
export function traceparent(): string | undefined {
  if (!on) return undefined;
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent;
}

function parentOf(parent: string | undefined): Context {
  return parent === undefined ? context.active() : propagation.extract(ROOT_CONTEXT, { traceparent: parent });
}

async function ended<Value>(span: Span, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    fail(span, error);
    throw error;
  } finally {
    span.end();
  }
}

/** Only the class: the text of an error may contain data of a client. */
function fail(span: Span, error: unknown): void {
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.setAttribute('error.type', classOf(error));
}
