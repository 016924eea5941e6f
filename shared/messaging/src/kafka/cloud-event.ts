import { cloudEventType, topics, type Actor, type Cause, type Topic } from '@throughline/events';
import type { IHeaders } from 'kafkajs';
import type { Message } from '../transport.ts';

export type Headers = Record<string, string>;

/**
 * CloudEvents 1.0, Kafka protocol binding, binary mode: attributes in headers, the data alone as value.
 * Source: https://github.com/cloudevents/spec/blob/main/cloudevents/bindings/kafka-protocol-binding.md.
 */
export function headersOf(message: Message): Headers {
  const { actor, correlationId, causationId, traceparent } = message.cause;
  return {
    'content-type': 'application/json',
    ce_specversion: '1.0',
    ce_id: message.id,
    ce_type: cloudEventType(message),
    ce_source: `/throughline/${message.source}`,
    ce_subject: message.key,
    ce_time: message.occurredAt.toISOString(),
    ce_partitionkey: message.key,
    ce_sequence: String(message.sequence),
    ce_actorkind: actor.kind,
    ce_actorid: actor.id,
    ...(actor.agencyId && { ce_actoragency: actor.agencyId }),
    ce_correlationid: correlationId,
    ...(causationId && { ce_causationid: causationId }),
    // Under its plain name, because the tracing of other programs looks for that name.
    ...(traceparent && { traceparent }),
  };
}

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const mostSequence = 2 ** 31 - 1;

/**
 * Undefined for a message that is not one of our facts. A message with an id, number or data that no relay
 * sends is not one, too: the database could not take it, and it would be delivered for ever.
 */
export function messageOf(topic: string, headers: Headers, value: Buffer | null): Message | undefined {
  const type = /^org\.throughline\.[\w-]+\.(\w+)\.v(\d+)$/.exec(headers.ce_type ?? '');
  const { ce_id: id = '' } = headers;
  const sequence = Number(headers.ce_sequence ?? 0);
  const data = value ? parsed(value) : undefined;
  if (!type?.[1] || !uuid.test(id) || !isSequence(sequence) || data === undefined || !isTopic(topic))
    return undefined;

  return {
    id,
    topic,
    type: type[1],
    version: Number(type[2]),
    key: headers.ce_partitionkey ?? '',
    sequence,
    occurredAt: new Date(headers.ce_time ?? 0),
    source: (headers.ce_source ?? '').split('/').at(-1) ?? '',
    data,
    cause: causeOf(headers),
  };
}

function isSequence(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= mostSequence;
}

function parsed(value: Buffer): unknown {
  try {
    return JSON.parse(value.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

/** Kafka's headers are bytes. */
export function headersAsText(headers: IHeaders = {}): Headers {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

function causeOf(headers: Headers): Cause {
  const agencyId = headers.ce_actoragency;
  const { ce_causationid: causationId, traceparent } = headers;
  return {
    actor: {
      kind: (headers.ce_actorkind ?? 'SYSTEM') as Actor['kind'],
      id: headers.ce_actorid ?? '',
      ...(agencyId && { agencyId }),
    },
    correlationId: headers.ce_correlationid ?? '',
    ...(causationId && { causationId }),
    ...(traceparent && { traceparent }),
  };
}

function isTopic(topic: string): topic is Topic {
  return (topics as readonly string[]).includes(topic);
}
