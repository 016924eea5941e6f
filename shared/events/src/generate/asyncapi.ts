import { partnerReferralMessage, webhookHeaders, type PartnerReferralMessage } from '../partner-webhook.ts';
import { cloudEventType, contextOf, topics, type EventDefinition, type Topic } from '../define-event.ts';
import { factHeaders } from '../fact-headers.ts';
import { publishedSchema, schemaOf, type JsonSchema } from './json-schema.ts';

const WEBHOOK = 'partnerWebhook';

/** One AsyncAPI 3 document for all that Throughline sends: the facts of the topics of its services and the partners' webhook. */
export function asyncApi(events: readonly EventDefinition[]) {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Throughline facts',
      version: '1.0.0',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
      description:
        'Every change of state is a fact: ids, codes, dates and numbers, nothing personal. Facts of one key arrive ' +
        'in the order of their commits, at least once. Ignore fields and types that you do not know. A breaking ' +
        'change is a new version; both are published for at least 90 days.',
    },
    defaultContentType: 'application/json',
    servers: {
      kafka: {
        host: '{brokers}',
        protocol: 'kafka',
        description: 'For programs of the network itself; partners have the webhook and the partner graph.',
        variables: { brokers: { default: 'localhost:9092' } },
      },
    },
    channels: {
      ...Object.fromEntries(used(events).map((topic) => [channelName(topic), channelOf(topic, events)])),
      [WEBHOOK]: webhookChannel,
    },
    operations: {
      ...Object.fromEntries(
        used(events).map((topic) => [`send${capitalised(channelName(topic))}`, sendOf(topic)]),
      ),
      callPartnerWebhook: {
        action: 'send',
        summary: 'Tells a partner that a referral of its agency moved.',
        channel: { $ref: `#/channels/${WEBHOOK}` },
        bindings: { http: { method: 'POST', bindingVersion: '0.3.0' } },
      },
    },
    components: {
      schemas: { factHeaders: embedded(schemaOf(factHeaders)) },
      messages: {
        ...Object.fromEntries(events.map((event) => [nameOf(event), messageOf(event)])),
        [WEBHOOK]: webhookMessage,
      },
    },
  };
}

function channelOf(topic: Topic, events: readonly EventDefinition[]) {
  const ofTopic = events.filter((event) => event.topic === topic);
  const own = ofTopic.map(nameOf);
  const readers = [...new Set(ofTopic.flatMap(({ restriction }) => restriction?.readers ?? []))].sort();
  const address =
    'Address without the prefix that a deployment may put before its topics. Message key = ce_partitionkey.';
  return {
    address: topic,
    description:
      readers.length > 0
        ? `${address} Restricted: only these programs may read it: ${readers.join(', ')}.`
        : address,
    servers: [{ $ref: '#/servers/kafka' }],
    messages: Object.fromEntries(own.map((name) => [name, { $ref: `#/components/messages/${name}` }])),
  };
}

function sendOf(topic: Topic) {
  return {
    action: 'send',
    summary: `The ${contextOf(topic)} service tells what happened.`,
    channel: { $ref: `#/channels/${channelName(topic)}` },
  };
}

/** The open topics, and the restricted topics that have facts. */
function used(events: readonly EventDefinition[]): Topic[] {
  return topics.filter((topic) => !isRestricted(topic) || events.some((event) => event.topic === topic));
}

function isRestricted(topic: Topic): boolean {
  return topic.endsWith('.restricted.v1');
}

function channelName(topic: Topic): string {
  return contextOf(topic) + (isRestricted(topic) ? 'Restricted' : '');
}

function messageOf(event: EventDefinition) {
  return {
    name: cloudEventType(event),
    title: event.type,
    summary: event.restriction
      ? `${event.description} Read by: ${event.restriction.readers.join(', ')}.`
      : event.description,
    contentType: 'application/json',
    headers: {
      allOf: [
        { $ref: '#/components/schemas/factHeaders' },
        { type: 'object', properties: { ce_type: { const: cloudEventType(event) } } },
      ],
    },
    payload: embedded(publishedSchema(event)),
    bindings: {
      kafka: {
        key: { type: 'string', description: /^Key: ([^.]+)\./.exec(event.description)?.[1] ?? '' },
        bindingVersion: '0.5.0',
      },
    },
  };
}

const webhookChannel = {
  // Known only to the partner's subscription.
  address: null,
  title: 'The address in a partner’s webhook subscription',
  description:
    'Signed (Standard Webhooks 1.0), ordered per referral, sent again for about three days until answered with 2xx. Consent is ' +
    'asked before each attempt.',
  messages: { [WEBHOOK]: { $ref: `#/components/messages/${WEBHOOK}` } },
};

/** Source: infra/reference/domain.md 8.12. */
export const partnerReferralExample: PartnerReferralMessage = {
  specversion: '1.0',
  id: '0199b2c4-5d1e-7a3b-8c4d-1e2f3a4b5c6d',
  type: 'partner.referral.sent',
  source: '/network/referrals',
  subject: 'referral/0199aa10-2b3c-7d4e-9f50-6a7b8c9d0e1f',
  time: '2026-11-23T18:02:11Z',
  sequence: '17',
  data: { referralId: '0199aa10-2b3c-7d4e-9f50-6a7b8c9d0e1f', status: 'SENT', priority: 'URGENT' },
};

const webhookMessage = {
  name: 'partner.referral.*',
  title: 'A referral moved',
  summary: 'Id-only: read the referral on the partner graph.',
  contentType: 'application/json',
  headers: embedded(schemaOf(webhookHeaders)),
  payload: embedded(schemaOf(partnerReferralMessage)),
  examples: [{ name: 'sent', payload: partnerReferralExample }],
};

function nameOf({ type, version }: EventDefinition): string {
  return `${type}.v${String(version)}`;
}

/** Within the document, what names a schema of its own must go. */
function embedded({ $schema: _schema, $id: _id, ...schema }: JsonSchema): JsonSchema {
  return schema;
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
