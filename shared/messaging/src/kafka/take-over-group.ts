import type { Admin } from 'kafkajs';
import { publishedTopics as allTopics } from '@throughline/events';
import { createMissingTopics, type Broker } from './broker.ts';

interface Groups {
  from: string;
  into: readonly string[];
}

/**
 * Commits the offsets of the old group for each new group that has none. An offset is committed after the fact was handled,
 * so nothing is missed, and what is delivered again is known to the inbox. Answers false while the old group has members.
 */
export async function takeOverGroup(broker: Broker, { from, into }: Groups): Promise<boolean> {
  await createMissingTopics(broker);
  const { kafka, topicPrefix } = broker;
  const admin = kafka.admin();
  await admin.connect();
  try {
    const old = topicPrefix + from;
    const { groups } = await admin.describeGroups([old]);
    if (groups.some(({ members }) => members.length > 0)) return false;
    const offsets = await offsetsOf(admin, old, topicPrefix);
    for (const name of into) await begin(admin, topicPrefix + name, offsets, topicPrefix);
    return true;
  } finally {
    await admin.disconnect();
  }
}

type Offsets = { topic: string; partitions: { partition: number; offset: string }[] }[];

/** Of the partitions in which the group has come anywhere. */
async function offsetsOf(admin: Admin, groupId: string, topicPrefix: string): Promise<Offsets> {
  const topics = allTopics.map((topic) => topicPrefix + topic);
  const known = await admin.fetchOffsets({ groupId, topics });
  return known
    .map(({ topic, partitions }) => ({
      topic,
      partitions: partitions
        .filter(({ offset }) => Number(offset) >= 0)
        .map(({ partition, offset }) => ({ partition, offset })),
    }))
    .filter(({ partitions }) => partitions.length > 0);
}

async function begin(admin: Admin, groupId: string, offsets: Offsets, topicPrefix: string): Promise<void> {
  const own = new Set((await offsetsOf(admin, groupId, topicPrefix)).map(({ topic }) => topic));
  for (const { topic, partitions } of offsets)
    if (!own.has(topic)) await admin.setOffsets({ groupId, topic, partitions });
}
