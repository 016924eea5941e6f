import { openBench, print, quantile } from '../bench.ts';
import { consumerRate } from './consumer-rate.ts';
import { handledAfter, type Delay } from './delay.ts';
import { idleCost } from './idle.ts';
import { outboxCost, type Cost } from './outbox-cost.ts';
import { brokerBack, consumerTakeOver, relayFailOver } from './recovery.ts';
import { relayDrain } from './relay-drain.ts';

type Row = readonly [what: string, figure: string];

/** In the order of the table. With names as arguments, only those. */
const parts: Record<string, (bench: Awaited<ReturnType<typeof openBench>>) => Promise<Row[]>> = {
  outbox: async (bench) => {
    const costs = await outboxCost(bench);
    return Object.entries(costs).map(([shape, cost]) => [
      `transaction with outbox / without: ${shape}`,
      ratio(cost),
    ]);
  },
  drain: async (bench) => {
    const { relay, bare, bareSame, memory } = await relayDrain(bench);
    const shareOf = (other: number): string =>
      `${(relay / other).toFixed(2)} (${whole(relay)} / ${whole(other)} facts per s)`;
    return [
      ['relay drain / bare kafkajs send loop', shareOf(bare)],
      ['relay drain / bare kafkajs send loop, the same messages', shareOf(bareSame)],
      ['relay drain / our publisher from memory', shareOf(memory)],
    ];
  },
  delay: async (bench) => {
    const { woken, polled } = await handledAfter(bench);
    return [
      ['commit to handler, 200 facts/s', delay(woken)],
      ['commit to handler, 200 facts/s, poll only', delay(polled)],
    ];
  },
  consumer: async (bench) => {
    const { alone, together, atOnce } = await consumerRate(bench);
    return [
      ['consumer, one transaction each', `${whole(alone)} facts per s`],
      ['consumer, up to 50 facts in one transaction', `${whole(together)} facts per s`],
      ['consumer, up to 50 facts in one statement', `${whole(atOnce)} facts per s`],
    ];
  },
  'fail-over': async (bench) => [['relay fail-over after kill -9', spread(await relayFailOver(bench))]],
  'take-over': async (bench) => [
    ['consumer take-over after kill -9, session 6 s', spread(await consumerTakeOver(bench))],
  ],
  broker: async (bench) => [['steady after the broker is up again', spread(await brokerBack(bench))]],
  idle: async (bench) => [
    ['idle process of a service', `${(100 * (await idleCost(bench))).toFixed(2)} % of a core`],
  ],
};

const wanted = process.argv.slice(2);
const bench = await openBench();
try {
  for (const [name, part] of Object.entries(parts)) {
    if (wanted.length === 0 || wanted.includes(name)) print(await part(bench));
  }
} finally {
  await bench.close();
}

function ratio({ with: outbox, without }: Cost): string {
  return `${(outbox / without).toFixed(2)} (${whole(outbox)} / ${whole(without)} per s)`;
}

function delay({ p50, p99 }: Delay): string {
  return `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`;
}

function spread(times: readonly number[]): string {
  const [middle, most] = [quantile(times), Math.max(...times)];
  return `${(middle / 1000).toFixed(2)} s, at most ${(most / 1000).toFixed(2)} s of ${times.length}`;
}

function whole(value: number): string {
  return value.toFixed(0);
}
