import { publishedTopics as allTopics, contextOf } from '@throughline/events';
import { within, type Logger } from '@throughline/runtime';
import kafkajs, { type Admin } from 'kafkajs';
import { MS_PER_DAY, type Broker } from './broker.ts';

const PATIENCE_MS = 5000;
const RETENTION = 'retention.ms';

/** Set for this topic, and not a default of the broker. */
const SET_FOR_TOPIC = kafkajs.ConfigSource.TOPIC_CONFIG;

interface Keeping {
  service: string;
  logger: Logger;
  patienceMs?: number;
}

/**
 * Brings the topics of a service that exist to the days that are set. It never rejects and takes at most 5 s. A
 * broker that does not answer keeps the old setting until the next start, and the log has one line.
 */
export async function keepDays(
  { kafka, topicPrefix, retentionDays }: Broker,
  { service, logger, patienceMs = PATIENCE_MS }: Keeping,
): Promise<void> {
  const topics = allTopics
    .filter((topic) => contextOf(topic) === service)
    .map((topic) => topicPrefix + topic);
  if (topics.length === 0) return;
  const admin = kafka.admin();
  try {
    const changed = await within(patienceMs, apply(admin, topics, String(retentionDays * MS_PER_DAY)));
    if (changed.length > 0)
      logger.info(
        { topic: changed.join(','), count: retentionDays },
        'topics now keep facts for so many days',
      );
  } catch (error) {
    logger.warn({ topic: topics.join(','), error }, 'topics keep facts as long as before');
  } finally {
    // Not waited for: a broker that hangs does not end the connection either.
    void admin.disconnect().catch(() => undefined);
  }
}

async function apply(admin: Admin, names: readonly string[], retention: string): Promise<string[]> {
  await admin.connect();
  const existing = new Set(await admin.listTopics());
  const topics = names.filter((name) => existing.has(name));
  if (topics.length === 0) return [];
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: topics.map((name) => ({ type: kafkajs.ConfigResourceTypes.TOPIC, name })),
  });
  const wrong = resources.filter(
    ({ configEntries }) =>
      configEntries.find(({ configName }) => configName === RETENTION)?.configValue !== retention,
  );
  if (wrong.length === 0) return [];
  await admin.alterConfigs({
    validateOnly: false,
    resources: wrong.map(({ resourceName, configEntries }) => ({
      type: kafkajs.ConfigResourceTypes.TOPIC,
      name: resourceName,
      // The request replaces everything that is set for the topic, so the other settings are sent again.
      configEntries: [
        ...configEntries
          .filter(
            ({ configName, configSource }) => configSource === SET_FOR_TOPIC && configName !== RETENTION,
          )
          .map(({ configName, configValue }) => ({ name: configName, value: configValue })),
        { name: RETENTION, value: retention },
      ],
    })),
  });
  return wrong.map(({ resourceName }) => resourceName);
}
