import { setTimeout as pause } from 'node:timers/promises';
import type { Bench } from '../bench.ts';
import { newPrefix, openStore } from './ground.ts';
import { Member } from './member.ts';

const SETTLE_MS = 10_000;
const SECONDS = 30;

/** Share of one core of a service's process that has nothing to do: relay, consumer, retrier, job runner. */
export async function idleCost(bench: Bench): Promise<number> {
  const { service, appUrl, close } = await openStore('idle', bench);
  const place = { brokers: bench.brokers, topicPrefix: newPrefix() };
  const member = await Member.start({ service, databaseUrl: appUrl, place, hears: true, works: true });
  await pause(SETTLE_MS);
  const before = await member.cpuMs();
  await pause(SECONDS * 1000);
  const share = ((await member.cpuMs()) - before) / (SECONDS * 1000);
  await member.kill();
  await close();
  return share;
}
