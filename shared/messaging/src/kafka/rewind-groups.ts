import type { Admin } from 'kafkajs';
import { publishedTopics as allTopics } from '@throughline/events';
import type { Broker } from './broker.ts';

export interface Rewinding {
  groups: readonly string[];
  /** The facts that came from this time on are delivered again. */
  to: Date;
}

/**
 * Sets consumer groups back to a time. The inbox knows what was handled before, so nothing is handled twice. Answers false,
 * and changes nothing, while one of them has members.
 */
export async function rewindGroups(
  { kafka, topicPrefix }: Broker,
  { groups, to }: Rewinding,
): Promise<boolean> {
  const names = groups.map((group) => topicPrefix + group);
  const admin = kafka.admin();
  await admin.connect();
  try {
    const known = await admin.describeGroups(names);
    if (known.groups.some(({ members }) => members.length > 0)) return false;
    const existing = new Set(await admin.listTopics());
    const topics = allTopics.map((topic) => topicPrefix + topic).filter((topic) => existing.has(topic));
    const starts = new Map<string, Map<number, string>>();
    for (const topic of topics) starts.set(topic, await startsOf(admin, topic, to));
    // Each call joins the group and leaves it again, which takes seconds: groups do not wait for each other.
    await Promise.all(names.map((groupId) => rewind(admin, groupId, starts)));
    return true;
  } finally {
    await admin.disconnect();
  }
}

async function startsOf(admin: Admin, topic: string, to: Date): Promise<Map<number, string>> {
  const starts = await admin.fetchTopicOffsetsByTimestamp(topic, to.getTime());
  return new Map(starts.map(({ partition, offset }) => [partition, offset]));
}

/** Only backwards: a group that has not come so far keeps its place. */
async function rewind(
  admin: Admin,
  groupId: string,
  starts: Map<string, Map<number, string>>,
): Promise<void> {
  const places = await admin.fetchOffsets({ groupId, topics: [...starts.keys()] });
  for (const { topic, partitions } of places) {
    const back = partitions.flatMap(({ partition, offset }) => {
      const start = starts.get(topic)?.get(partition);
      return start !== undefined && Number(offset) > Number(start) ? [{ partition, offset: start }] : [];
    });
    if (back.length > 0) await admin.setOffsets({ groupId, topic, partitions: back });
  }
}
