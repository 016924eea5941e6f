import { importDirectory } from '@throughline/e2e/a-directory.ts';
import { prepareProgram } from '@throughline/e2e/administrator.ts';
import { eventually, graphqlClient } from '@throughline/testing';
import { openBench, print } from '../bench.ts';
import { compareCopies } from './copies-compared.ts';
import { countFacts, missingClients, RelayWatch } from './facts.ts';
import { PARTNER_BUDGET, prepareSystem, programNames, type ScaledSystem } from './scaled-system.ts';
import { Steady, type Phase } from './steady.ts';
import { Stream } from './stream.ts';

/** Several copies of programs under load: how much more they bear, and what a rolling restart and a kill cost. */
const BACK_AFTER_KILL_MS = 3_000;
const faults: string[] = [];
const asked = process.argv.slice(2);
/** Parts of the run: `copies`, `limits`, `kill`, and a program that is restarted; all when none is named. */
const wants = (part: string): boolean => asked.length === 0 || asked.includes(part);

const bench = await openBench();
process.env.TEST_POSTGRES_URL = bench.postgresUrl;
process.env.TEST_KAFKA_BROKERS = bench.brokers.join(',');
try {
  const system = await prepareSystem();
  try {
    await measure(system);
  } finally {
    await system.close();
  }
} finally {
  await bench.close();
}
for (const fault of faults) process.stderr.write(`NOT HELD: ${fault}\n`);
process.exitCode = faults.length === 0 ? 0 : 1;

async function measure(system: ScaledSystem): Promise<void> {
  const { programs } = system;
  for (const name of programNames) await programs[name].grow();
  await programs.gateway.grow();
  const [first] = system.gateways();
  await importDirectory(system.databases);
  await prepareProgram(graphqlClient(first?.staff ?? '', await system.tokenFor('ruth')));
  const token = await system.tokenFor('maria');
  if (wants('copies')) {
    const failed = await compareCopies(system, token);
    hold(failed === 0, `${String(failed)} requests failed at full load`);
  }
  if (wants('limits')) await limitsHeld(system);
  if (programs.clients.copies.length === 1) await programs.clients.grow();
  await programs.referrals.grow();
  await underLoad(system, token);
}

/** One person of a partner may ask as much through two gateways in turn as another through one. */
async function limitsHeld(system: ScaledSystem): Promise<void> {
  const addresses = system.gateways().map(({ partner }) => partner);
  const bears = async (person: string, urls: readonly string[]): Promise<number> => {
    const token = await system.tokenFor(person);
    for (let n = 0; n < PARTNER_BUDGET; n += 1) {
      const { errors } = await graphqlClient(
        urls[n % urls.length] ?? '',
        token,
      )('{ partnerReferrals(first: 20) { edges { node { id status } } } }');
      if (errors.some(({ extensions }) => extensions?.code === 'RATE_LIMITED')) return n;
      if (errors.length > 0) throw new Error(JSON.stringify(errors));
    }
    throw new Error('No limit');
  };
  const one = await bears('amara', addresses.slice(0, 1));
  const both = await bears('hanne', addresses);
  hold(one === both, `the limit through one gateway is ${String(one)}, through both ${String(both)}`);
  print([
    ['requests of one person until the limit, one gateway / two in turn', `${String(one)} / ${String(both)}`],
  ]);
}

async function underLoad(system: ScaledSystem, token: string): Promise<void> {
  const { programs, databases } = system;
  let turn = 0;
  const gatewayAt = (n: number) => system.gateways()[n % system.gateways().length]?.staff ?? '';
  const steady = new Steady(() => gatewayAt(turn++), token);
  const streams = [0, 1].map((n) => new Stream(() => gatewayAt(n), token));
  const relays = await Promise.all([
    RelayWatch.of(databases.clients.ownerUrl),
    RelayWatch.of(databases.referrals.ownerUrl),
  ]);
  for (const stream of streams) stream.begin();
  await eventually(() => {
    if (streams.some(({ begun }) => begun === 0)) throw new Error('a live stream does not begin');
  });
  steady.begin();
  await steady.phase(() => new Promise((wake) => setTimeout(wake, 5_000)));
  tell('no trouble', await steady.phase(() => new Promise((wake) => setTimeout(wake, 10_000))));
  for (const name of programNames.filter(wants)) {
    const phase = await steady.phase(() => programs[name].restart());
    tell(`rolling restart of ${name} (${String(programs[name].copies.length)})`, phase);
    hold(
      Object.keys(phase.lost).length === 0,
      `a rolling restart of ${name} lost ${JSON.stringify(phase.lost)}`,
    );
    hold(
      programs[name].left.every((code) => code === 0),
      `${name} left with ${String(programs[name].left)}`,
    );
  }
  for (const name of wants('kill') ? (['clients', 'referrals', 'gateway'] as const) : [])
    tell(
      `kill of one of ${String(programs[name].copies.length)} ${name}`,
      await steady.phase(() => programs[name].kill(BACK_AFTER_KILL_MS)),
    );
  const again = await steady.end();
  print([['commands in doubt that were sent again with their key', String(again)]]);
  await settle(system, steady, streams);
  for (const [n, relay] of relays.entries()) {
    const name = ['clients', 'referrals'][n] ?? '';
    hold(relay.most === 1, `${String(relay.most)} relays of ${name} led at a time`);
    print([
      [
        `relays of ${name} that led, at a time / in turn`,
        `${String(relay.most)} / ${String(relay.leaders.size)}`,
      ],
    ]);
    await relay.close();
  }
}

async function settle(system: ScaledSystem, steady: Steady, streams: readonly Stream[]): Promise<void> {
  for (const [teller, type] of [
    ['clients', 'ClientRegistered'],
    ['referrals', 'ReferralCreated'],
  ] as const) {
    const count = await eventually(async () => {
      const now = await countFacts(system, { teller, type });
      if (now.lost > 0) throw new Error(`${String(now.lost)} of ${String(now.told)} ${type} were not heard`);
      return now;
    });
    hold(count.twice === 0, `${String(count.twice)} clients have ${type} twice`);
    print([
      [
        `${type}: told / lost / twice`,
        `${String(count.told)} / ${String(count.lost)} / ${String(count.twice)}; delay p50 ${count.delayP50Ms.toFixed(0)} ms, longest ${count.longestDelayMs.toFixed(0)} ms`,
      ],
    ]);
  }
  const gone = await missingClients(system.databases.clients.ownerUrl, steady.clients);
  hold(gone === 0, `${String(gone)} confirmed clients are not there`);
  for (const [n, stream] of streams.entries()) {
    const missed = [...steady.clients].filter((id) => !stream.heard.has(id)).length;
    hold(
      missed === 0 || stream.gaps > 0,
      `stream ${String(n + 1)} missed ${String(missed)} clients without a word`,
    );
    print([
      [
        `live stream ${String(n + 1)}: clients heard / missed, begun, gaps told`,
        `${String(stream.heard.size)} / ${String(missed)}, ${String(stream.begun)}, ${String(stream.gaps)}`,
      ],
    ]);
    await stream.end();
  }
}

function tell(what: string, { asked, lost, longestSilenceMs, slowestMs }: Phase): void {
  const sum = Object.values(lost).reduce((all, one) => all + one, 0);
  const codes =
    sum > 0
      ? ` (${Object.entries(lost)
          .map(([code, n]) => `${code} ${String(n)}`)
          .join(', ')})`
      : '';
  print([
    [
      what,
      `${String(asked)} | ${String(sum)}${codes} | ${longestSilenceMs.toFixed(0)} ms | ${slowestMs.toFixed(0)} ms`,
    ],
  ]);
}

function hold(isHeld: boolean, fault: string): void {
  if (!isHeld) faults.push(fault);
}
