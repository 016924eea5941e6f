import { openBench, print } from '../bench.ts';
import { measureDigest } from './digest.ts';
import { openFlow } from './flow.ts';

/** From a fact to the inbox, a storm of facts about one client, and the digest of a morning. */
const stormSize = Number(process.argv[2] ?? 100_000);
const people = Number(process.argv[3] ?? 10_000);

const bench = await openBench();
const flow = await openFlow(bench);
const ms = ({ p50, p99, most }: { p50: number; p99: number; most: number }): string =>
  `${p50.toFixed(0)} / ${p99.toFixed(0)} / ${most.toFixed(0)}`;

await flow.steady({ perSecond: 200, seconds: 5 });
print([
  [
    'fact to inbox at 200 facts/s, p50 / p99 / longest ms',
    ms(await flow.steady({ perSecond: 200, seconds: 30 })),
  ],
  ['others at 20 facts/s, alone', ms(await flow.steady({ perSecond: 20, seconds: 30 }))],
]);
const storm = await flow.storm(stormSize);
print([
  [`others at 20 facts/s, during a storm of ${String(stormSize)} facts about one client`, ms(storm.others)],
  ['of these, others in the partition of the storm', ms(storm.samePartition)],
  ['the storm is told after, s', (storm.tookMs / 1000).toFixed(1)],
  ['its lines in the inbox, and facts that they stand for', `${String(storm.lines)}, ${String(storm.times)}`],
]);
await flow.close();

const digest = await measureDigest(bench, { people, lines: 20 });
print([
  [`digest of ${String(people)} people with 20 lines each, s`, (digest.tookMs / 1000).toFixed(1)],
  ['lines read per second', digest.linesPerSecond.toFixed(0)],
  ['digests written', String(digest.written)],
  ['memory of the process before and at most, MB', `${String(digest.beforeMb)}, ${String(digest.mostMb)}`],
]);
await bench.close();
