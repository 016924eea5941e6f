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

/** One topic per service for what every service may read. */
const openTopics = ['clients.v1', 'treatment.v1', 'referrals.v1', 'notifications.v1'] as const;
/** One per service for what only named programs may read. */
const restrictedTopics = [
  'clients.restricted.v1',
  'treatment.restricted.v1',
  'referrals.restricted.v1',
  'notifications.restricted.v1',
] as const;
export const topics = [...openTopics, ...restrictedTopics] as const;
export type OpenTopic = (typeof openTopics)[number];
export type RestrictedTopic = (typeof restrictedTopics)[number];
export type Topic = OpenTopic | RestrictedTopic;

/** The programs of the network. */
export type Reader = 'clients' | 'treatment' | 'referrals' | 'notifications' | 'gateway';

/** Who may read a fact whose type or code alone says something about health, justice or violence. */
export interface Restriction {
  topic: RestrictedTopic;
  /** No other program may react to it, and none may have the right to read the topic that is a reader of no fact in it. */
  readers: readonly Reader[];
  /**
   * The topic that it was sent to before. Readers also read what is left there; leave it out when no broker has such facts
   * any more (KAFKA_RETENTION_DAYS).
   */
  formerly?: OpenTopic;
}

export interface EventDefinition<Shape extends z.ZodRawShape = z.ZodRawShape> {
  topic: Topic;
  type: string;
  version: number;
  /** What happened, in words for readers of the topic; begins with the field that is the key. */
  description: string;
  /** Left out: every service may read it. */
  restriction?: Restriction;
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
  topic: OpenTopic,
  type: string,
  description: string,
  schema: z.ZodObject<Shape>,
): EventDefinition<Shape> {
  return definitionOf({ topic, type, version: 1, description }, schema);
}

/**
 * Declares a fact that tells of substance use, mental health, justice or violence by its type or by a code. It goes to the
 * restricted topic of its service. Source: infra/reference/domain.md 8.8.
 */
export function defineRestrictedEvent<Shape extends z.ZodRawShape>(
  restriction: Restriction,
  type: string,
  description: string,
  schema: z.ZodObject<Shape>,
): EventDefinition<Shape> {
  return definitionOf({ topic: restriction.topic, restriction, type, version: 1, description }, schema);
}

/** A breaking change: declare it next to the version before it, and record both for at least 90 days. */
export function defineNextVersion<Shape extends z.ZodRawShape>(
  previous: Pick<EventDefinition, 'topic' | 'type' | 'version' | 'restriction'>,
  description: string,
  schema: z.ZodObject<Shape>,
): EventDefinition<Shape> {
  const { topic, type, version, restriction } = previous;
  const about = { topic, type, version: version + 1, description, ...(restriction && { restriction }) };
  return definitionOf(about, schema);
}

function definitionOf<Shape extends z.ZodRawShape>(
  about: Pick<EventDefinition, 'topic' | 'type' | 'version' | 'description' | 'restriction'>,
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

/** The service that records the facts of a topic. */
export function contextOf(topic: Topic): string {
  return topic.slice(0, topic.indexOf('.'));
}

/** The topics in which facts of this definition can be: the one of today first. */
export function topicsOfEvent({
  topic,
  restriction,
}: Pick<EventDefinition, 'topic' | 'restriction'>): Topic[] {
  return [topic, ...(restriction?.formerly ? [restriction.formerly] : [])];
}

export function mayRead(reader: string, { restriction }: Pick<EventDefinition, 'restriction'>): boolean {
  return !restriction || (restriction.readers as readonly string[]).includes(reader);
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

/** Why a fact exists that nobody asked for: a timer of this service led to it. */
export function ownCause(service: Exclude<Reader, 'gateway'>, now: Date): Cause {
  return { actor: { kind: 'SYSTEM', id: service }, correlationId: uuidV7(now) };
}
