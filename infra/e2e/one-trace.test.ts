import { SpanKind } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor, type ReadableSpan } from '@opentelemetry/sdk-trace-node';
import { traceWith, type Tracing } from '@throughline/runtime';
import { describeKafka, eventually, type GraphQLClient } from '@throughline/testing';
import { importDirectory, services } from './a-directory.ts';
import { startReceiver, type Receiver } from './a-receiver.ts';
import { prepareProgram } from './administrator.ts';
import * as maria from './case-manager.ts';
import { subscribe } from './partner-agency.ts';
import { startStorySystem, type StorySystem } from './story-system.ts';

const spans = new InMemorySpanExporter();

const idOf = (span: ReadableSpan): string => span.spanContext().spanId;
const parentOf = (span: ReadableSpan): string | undefined => span.parentSpanContext?.spanId;
const by = (span: ReadableSpan): string => span.instrumentationScope.name;

/** All steps of the trace that began with an operation of this name at the gateway. */
function traceOf(operation: string): ReadableSpan[] {
  const all = spans.getFinishedSpans();
  const root = all.find(
    (span) => parentOf(span) === undefined && span.attributes['graphql.operation.name'] === operation,
  );
  return all.filter((span) => span.spanContext().traceId === root?.spanContext().traceId);
}

function stepOf(trace: readonly ReadableSpan[], name: string, scope: string): ReadableSpan {
  const found = trace.find((span) => span.name === name && by(span) === scope);
  if (!found) throw new Error(`no "${name}" by ${scope}: ${trace.map(({ name: is }) => is).join(', ')}`);
  return found;
}

describeKafka('one trace', () => {
  let tracing: Tracing;
  let system: StorySystem;
  let receiver: Receiver;
  let caseManager: GraphQLClient;

  beforeAll(async () => {
    tracing = await traceWith('test', new SimpleSpanProcessor(spans));
    system = await startStorySystem();
    await importDirectory(system.databases);
    await prepareProgram(await system.as('ruth'));
    caseManager = await system.as('maria');
    receiver = await startReceiver();
  });
  afterAll(async () => {
    await system.close();
    receiver.close();
    await tracing.close();
  });

  it('runs from a mutation at the gateway through Kafka to its effects in the other services', async () => {
    const { id } = await maria.registerClient(caseManager);
    expect(id).toBeDefined();
    await eventually(() => {
      const consumers = traceOf('Register').filter(({ kind }) => kind === SpanKind.CONSUMER);
      expect(new Set(consumers.map(by))).toEqual(new Set(['treatment', 'referrals', 'notifications']));
    });
    const trace = traceOf('Register');
    const one = (name: string, scope: string): ReadableSpan => stepOf(trace, name, scope);
    const operation = one('mutation', 'gateway');
    const call = one('call clients', 'gateway');
    const command = one('mutation', 'clients');
    const send = one('send clients.v1', 'clients');
    const effect = one('process clients.v1', 'treatment');
    expect(parentOf(command)).toBe(idOf(call));
    expect([parentOf(send), parentOf(effect)]).toEqual([idOf(command), idOf(command)]);
    expect(effect.attributes['messaging.message.conversation_id']).toBe(
      operation.attributes['throughline.request_id'],
    );
    // A step is told when it ends, a job after what it did.
    await eventually(() => {
      const all = traceOf('Register');
      const known = new Set(all.map(idOf));
      const orphans = all.filter((span) => parentOf(span) !== undefined && !known.has(parentOf(span) ?? ''));
      expect(orphans.map(({ name }) => name)).toEqual([]);
    });
  });

  it('goes on to the consent that is asked for, and through a job to the partner, who learns nothing of it', async () => {
    await subscribe(await system.as('shelter-system'), receiver.url);
    const client = await maria.registerClient(caseManager);
    await maria.recordConsent(caseManager, client.id, maria.shelterConsent());
    const needId = client.activeCase.needs[0]?.id;
    const draft = await maria.createReferral(caseManager, { needId, serviceId: services.nights });
    await maria.sendReferral(caseManager, draft);
    await eventually(() => expect(receiver.deliveries.length).toBeGreaterThan(0));
    await eventually(() => {
      // There may be several of each: the consent is read again before each delivery.
      const trace = traceOf('Send');
      const namedIn = (name: string, scope: string) =>
        trace.filter((span) => span.name === name && by(span) === scope);
      const causesOf = (steps: ReadableSpan[]) => new Set(steps.map(parentOf));
      const [asked] = namedIn('read consent', 'referrals');
      const [post] = namedIn('post webhook', 'referrals');
      expect(asked && causesOf(namedIn('query', 'clients')).has(idOf(asked))).toBe(true);
      expect(post && namedIn('run job', 'referrals').map(idOf)).toContain(post && parentOf(post));
    });
    for (const { headers } of receiver.deliveries) expect(headers.traceparent).toBeUndefined();
  });

  it('holds ids, codes and names of operations, and nothing of the person', () => {
    const told = JSON.stringify(
      spans
        .getFinishedSpans()
        .map(({ name, attributes, events, status }) => [name, attributes, events, status]),
    );
    expect(told).toContain('ClientRegistered');
    for (const personal of [maria.legalName, 'Billie', 'Miami', '3055550123', '1991-04-12', 'HOMELESSNESS'])
      expect(told).not.toContain(personal);
  });

  it('begins again with each operation', async () => {
    await caseManager('query First { myCaseload(first: 1) { edges { node { id } } } }');
    await caseManager('query Second { myCaseload(first: 1) { edges { node { id } } } }');
    const [first, second] = ['First', 'Second'].map((name) => traceOf(name)[0]?.spanContext().traceId);
    expect(first).toBeDefined();
    expect(first).not.toBe(second);
  });
});
