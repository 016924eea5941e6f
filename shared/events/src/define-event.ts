import { randomBytes } from 'node:crypto';
import type { z } from 'zod';

/** Who did it: ids only. `agencyId` is the partner's own agency. */
export interface Actor {
  kind: 'STAFF' | 'PARTNER' | 'SYSTEM';
  id: string;
  agencyId?: string;
}

/** Why a fact exists: the actor, the request or story it belongs to, and the fact that led to it. */
export interface Cause {
  actor: Actor;
  correlationId: string;
  causationId?: string;
  /** Where its trace goes on (W3C Trace Context); filled in when it is recorded. */
  traceparent?: string;
}

/** Something that happened, as it is stored in the outbox and sent. `occurredAt` is the server clock, UTC. */
export interface Fact<Data = unknown> {
  id: string;
  topic: Topic;
  type: string;
  version: number;
  /** The aggregate whose order matters: facts of one key are handled in the order of their commits. */
  key: string;
  occurredAt: Date;
  data: Data;
}

export const topics = ['clients.v1', 'treatment.v1', 'referrals.v1', 'notifications.v1'] as const;
export type Topic = (typeof topics)[number];

export interface EventDefinition<Shape extends z.ZodRawShape = z.ZodRawShape> {
  topic: Topic;
  type: string;
  version: number;
  /** What happened, in words for readers of the topic; begins with the field that is the key. */
  description: string;
  /** Producers: an unknown field is an error, so that nothing personal slips out. */
  closed: z.ZodObject<Shape, z.core.$strict>;
  /** Consumers: unknown fields are ignored, so that the producer may add some. */
  open: z.ZodObject<Shape>;
  of(key: string, now: Date, data: z.input<z.ZodObject<Shape>>): Fact<z.output<z.ZodObject<Shape>>>;
}

export type DataOf<Definition> =
  Definition extends EventDefinition<infer Shape> ? z.output<z.ZodObject<Shape>> : never;

/**
 * Declares one fact that crosses a service border. `type` is past tense; `description` is published:
 * "Key: <field>. <what happened>".
 */
export function defineEvent<Shape extends z.ZodRawShape>(
  topic: Topic,
  type: string,
  description: string,
  schema: z.ZodObject<Shape>,
): EventDefinition<Shape> {
  return definitionOf({ topic, type, version: 1, description }, schema);
}

/** A breaking change: declare it next to the version before it, and record both for at least 90 days. */
export function defineNextVersion<Shape extends z.ZodRawShape>(
  previous: Pick<EventDefinition, 'topic' | 'type' | 'version'>,
  description: string,
  schema: z.ZodObject<Shape>,
): EventDefinition<Shape> {
  const { topic, type, version } = previous;
  return definitionOf({ topic, type, version: version + 1, description }, schema);
}

function definitionOf<Shape extends z.ZodRawShape>(
  about: Pick<EventDefinition, 'topic' | 'type' | 'version' | 'description'>,
  schema: z.ZodObject<Shape>,
): EventDefinition<Shape> {
  const { topic, type, version } = about;
  const closed = schema.strict();
  return {
    ...about,
    closed,
    open: schema.strip(),
    of: (key, now, data) => ({
      id: uuidV7(now),
      topic,
      type,
      version,
      key,
      occurredAt: now,
      data: closed.parse(data),
    }),
  };
}

/** The CloudEvents `type` attribute, for example `org.throughline.referrals.ReferralSent.v1`. */
export function cloudEventType(fact: Pick<Fact, 'topic' | 'type' | 'version'>): string {
  return `org.throughline.${contextOf(fact.topic)}.${fact.type}.v${String(fact.version)}`;
}

export function contextOf(topic: Topic): string {
  return topic.slice(0, topic.lastIndexOf('.'));
}

/** Time-ordered id (RFC 9562, version 7): index-friendly and unguessable enough for a key. */
export function uuidV7(now: Date): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now.getTime(), 0, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
