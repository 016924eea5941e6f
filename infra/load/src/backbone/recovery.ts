import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startFromJars } from '@throughline/kafka';
import { freePort } from '@throughline/runtime/local-machine';
import { again } from '../again.ts';
import type { Bench } from '../bench.ts';
import { Flow, heard, type Wait } from './flow.ts';
import { SESSION_TIMEOUT_MS, start, type Store } from './ground.ts';
import { Member } from './member.ts';

const TIMES = 3;
const SETTLE_MS = 4_000;
/** A fact that waits for longer than this is not handled as usual. */
const STEADY_MS = 100;

/** After kill -9 of the relay that leads: the longest that a fact waited, in milliseconds, each time. */
export async function relayFailOver(bench: Bench): Promise<number[]> {
  const flow = await Flow.open(bench);
  const hearing = await start(flow.hearer, flow.place, { reactions: { work: [heard] } });
  let leading = await memberOf(flow, flow.sender);
  flow.start();
  const longest: number[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    const next = await memberOf(flow, flow.sender);
    await pause(SETTLE_MS);
    const killedAt = Date.now();
    await leading.kill();
    await pause(SETTLE_MS);
    longest.push(longestOf(await flow.waits(killedAt)));
    leading = next;
  }
  await hearing.close();
  await leading.kill();
  await flow.close();
  return longest;
}

/** After kill -9 of one of two consumers: the longest that a fact waited. */
export async function consumerTakeOver(bench: Bench): Promise<number[]> {
  const flow = await Flow.open(bench);
  const sending = await start(flow.sender, flow.place, { reactions: {} });
  let oldest = await memberOf(flow, flow.hearer);
  flow.start();
  const longest: number[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    const next = await memberOf(flow, flow.hearer);
    await pause(SETTLE_MS);
    const killedAt = Date.now();
    await oldest.kill();
    await pause(SESSION_TIMEOUT_MS + SETTLE_MS);
    longest.push(longestOf(await flow.waits(killedAt)));
    oldest = next;
  }
  await sending.close();
  await oldest.kill();
  await flow.close();
  return longest;
}

/** After kill -9 of the broker: from when it serves again until no fact waits for longer than usual. */
export async function brokerBack(bench: Bench): Promise<number[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'throughline-backbone-'));
  const where = { port: await freePort(), dataDir, log: () => undefined };
  let kafka = await startFromJars(where);
  const flow = await Flow.open(bench, kafka.brokers);
  const running = [
    await start(flow.hearer, flow.place, { reactions: { work: [heard] } }),
    await start(flow.sender, flow.place, { reactions: {} }),
  ];
  flow.start();
  const back: number[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    await pause(SETTLE_MS);
    const killedAt = Date.now();
    await kafka.kill();
    kafka = await again(() => startFromJars(where));
    const upAt = Date.now();
    await pause(2 * SETTLE_MS);
    back.push(steadyAt(await flow.waits(killedAt)) - upAt);
  }
  await Promise.all(running.map((messaging) => messaging.close()));
  await flow.close();
  await kafka.stop();
  await rm(dataDir, { recursive: true, force: true });
  return back;
}

function memberOf({ place }: Flow, { service, appUrl }: Store): Promise<Member> {
  return Member.start({ service, databaseUrl: appUrl, place, hears: service === 'hearer', works: false });
}

function longestOf(waits: readonly Wait[]): number {
  return Math.max(...waits.map(({ recordedAt, handledAt }) => handledAt - recordedAt));
}

/** When the last one was handled that had waited for long. */
function steadyAt(waits: readonly Wait[]): number {
  const late = waits.filter(({ recordedAt, handledAt }) => handledAt - recordedAt > STEADY_MS);
  return Math.max(...late.map(({ handledAt }) => handledAt));
}
