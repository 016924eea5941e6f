import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import * as clients from '@throughline/clients';
import * as notifications from '@throughline/notifications';
import * as referrals from '@throughline/referrals';
import { newKeyPair } from '@throughline/runtime';
import { startChild, type Child } from '@throughline/runtime/child-process';
import { freePort } from '@throughline/runtime/local-machine';
import {
  describeKafka,
  eventually,
  kafkaForTests,
  testDatabase,
  type TestDatabase,
} from '@throughline/testing';
import * as treatment from '@throughline/treatment';
import { metricsOf, watched } from './watching.ts';

const root = join(import.meta.dirname, '../../..');
const owners = { clients, treatment, referrals, notifications };

/** Names of the metrics in what a program tells. */
function toldBy(text: string): string[] {
  return [...text.matchAll(/^# TYPE (\S+) /gm)].map(([, metric = '']) => metric);
}

interface Program {
  name: string;
  url: string;
  child: Child;
  lines: string[];
}

/** As in production: the service's own main.ts, in a process of its own, configured by environment. */
describeKafka('a service as a program', () => {
  const traced: string[] = [];
  const told = new Set<string>();
  const opened: { program?: Program; database: TestDatabase }[] = [];
  let collector: Server;

  beforeAll(async () => {
    collector = createServer((request, response) => {
      traced.push(request.url ?? '');
      request.resume().once('end', () => response.writeHead(200).end());
    }).listen(0, '127.0.0.1');
    await once(collector, 'listening');
  });
  afterAll(async () => {
    for (const { program, database } of opened) {
      await program?.child.kill();
      await database.drop();
    }
    collector.close();
  });

  async function run(name: keyof typeof owners): Promise<Program> {
    const database = await testDatabase(name, owners[name]);
    const held: (typeof opened)[number] = { database };
    opened.push(held);
    const { brokers, topicPrefix } = await kafkaForTests({ partitions: 1 });
    const port = await freePort();
    const lines: string[] = [];
    const child = startChild(process.execPath, [join(root, 'services', name, 'src/main.ts')], {
      stopSignal: 'TERM',
      log: (line) => void lines.push(line),
      env: {
        PATH: process.env.PATH,
        PORT: String(port),
        DATABASE_URL: database.appUrl,
        KAFKA_BROKERS: brokers.join(','),
        KAFKA_TOPIC_PREFIX: topicPrefix,
        VIEWER_PUBLIC_KEYS: newKeyPair().publicKey,
        ...(name === 'treatment' && { COUNSELING_DATABASE_URL: database.apart.counseling }),
        ...(name === 'clients' && { RELEASE_BASIS_PUBLIC_KEYS: newKeyPair().publicKey }),
        ...(name === 'referrals' && { RELEASE_BASIS_PRIVATE_KEY: newKeyPair().privateKey }),
        OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
      },
    });
    held.program = { name, url: `http://127.0.0.1:${port}`, child, lines };
    return held.program;
  }

  async function metricsOfGateway(): Promise<string[]> {
    const [staff, partner, metrics] = [await freePort(), await freePort(), await freePort()];
    const { brokers, topicPrefix } = await kafkaForTests({ partitions: 1 });
    const child = startChild(process.execPath, [join(root, 'gateway/src/main.ts')], {
      stopSignal: 'TERM',
      log: () => undefined,
      env: {
        PATH: process.env.PATH,
        STAFF_PORT: String(staff),
        PARTNER_PORT: String(partner),
        METRICS_PORT: String(metrics),
        KAFKA_BROKERS: brokers.join(','),
        KAFKA_TOPIC_PREFIX: topicPrefix,
        VIEWER_PRIVATE_KEY: newKeyPair().privateKey,
      },
    });
    try {
      const ask = async () => (await fetch(`http://127.0.0.1:${metrics}/metrics`)).text();
      await eventually(async () => (await ask()).includes('gateway_plans_kept{'));
      return toldBy(await ask());
    } finally {
      await child.kill();
    }
  }

  it.each(['clients', 'treatment', 'referrals', 'notifications'] as const)(
    '%s becomes ready, tells its metrics, and ends in order',
    async (name) => {
      const { url, child, lines } = await run(name);
      await eventually(async () => {
        if (!child.isRunning()) throw new Error(`It has ended:\n${lines.join('\n')}`);
        const response = await fetch(`${url}/readyz`);
        expect([response.status, await response.json()]).toEqual([
          200,
          {
            status: 'ready',
            parts: { database: 'ok', migrations: 'ok', consumer: 'ok', relay: 'ok', jobs: 'ok' },
          },
        ]);
      });
      const metrics = await (await fetch(`${url}/metrics`)).text();
      for (const one of ['process_cpu_seconds_total', 'outbox_unsent', 'relay_lead_changes_total'])
        expect(metrics).toContain(`\n${one}{service="${name}"} `);
      for (const metric of toldBy(metrics)) told.add(metric);
      await child.stop(20_000);
      expect([await child.exited, lines.at(-1)]).toEqual([0, expect.stringContaining('"closing"')]);
    },
  );

  it('is watched, as the gateway is, by what they really tell', async () => {
    for (const metric of await metricsOfGateway()) told.add(metric);
    // What Prometheus itself says of each program.
    told.add('up');
    const untold = watched().filter(([, expr]) => !metricsOf(expr).every((metric) => told.has(metric)));
    expect(untold).toEqual([]);
  });

  it('traces into the collector that it is told of, until its end', () => {
    expect(new Set(traced)).toEqual(new Set(['/v1/traces']));
  });
});
