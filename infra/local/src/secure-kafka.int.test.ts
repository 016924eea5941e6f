import { execFileSync, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { staffRecorded } from '@throughline/events';
import { startFromJars } from '@throughline/kafka';
import { kafkaTransport, type Message } from '@throughline/messaging';
import { kafkaSecurityConfig, kafkaSecurityOf, readConfig, silentLogger } from '@throughline/runtime';
import { freePort } from '@throughline/runtime/local-machine';
import { eventually } from '@throughline/testing';
import { z } from 'zod';

const canRun = ['java', 'openssl'].every((program) => spawnSync(program, ['-version']).error === undefined);
const accounts = { clients: 'of-clients,=$' };

/** A certificate for 127.0.0.1 that has signed itself, so it is its own authority. */
async function certificateIn(folder: string): Promise<{ keystore: string; ca: string }> {
  const [key, ca, keystore] = ['key.pem', 'ca.pem', 'both.pem'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', ca],
      ...['-subj', '/CN=broker', '-addext', 'subjectAltName=IP:127.0.0.1'],
    ],
    { stdio: 'ignore' },
  );
  await writeFile(keystore, `${await readFile(key, 'utf8')}${await readFile(ca, 'utf8')}`);
  return { keystore, ca };
}

async function sendAndHear(port: number, env: Record<string, string>): Promise<Message> {
  const security = kafkaSecurityOf(readConfig(z.object(kafkaSecurityConfig), env));
  const transport = kafkaTransport({
    ...{ brokers: [`127.0.0.1:${port}`], clientId: 'clients', partitions: 1, security, logger: silentLogger },
  });
  // Fails here for one who may not connect, before a consumer begins to try again and again.
  const publisher = await transport.publisher('clients', silentLogger);
  const heard: Message[] = [];
  const deliver = (message: Message) => Promise.resolve(void heard.push(message));
  const consumer = await transport.subscribe(
    { consumer: `clients.${randomUUID()}`, topics: [staffRecorded.topic], deliver },
    silentLogger,
  );
  const now = new Date();
  const id = randomUUID();
  await publisher.send([
    {
      ...staffRecorded.of(id, now, {
        ...{ staffId: id, supervisorId: null, roles: [], timeZone: null },
        ...{ active: true, away: false, coverId: null },
      }),
      ...{
        sequence: 1,
        source: 'clients',
        cause: { actor: { kind: 'SYSTEM', id: 'test' }, correlationId: 'test' },
      },
    },
  ]);
  await eventually(() => heard.some(({ key }) => key === id));
  await publisher.close();
  await consumer.close();
  const [message] = heard.filter(({ key }) => key === id);
  if (!message) throw new Error('not heard');
  return message;
}

const tests = () => {
  it('is used with the account and the authority of the settings, and by nobody else', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'secure-kafka-'));
    const { keystore, ca } = await certificateIn(folder);
    const port = await freePort();
    const broker = await startFromJars({ secure: { port, keystore, accounts }, log: () => undefined });
    const settings = {
      ...{ KAFKA_SSL: 'on', KAFKA_SSL_CA_FILE: ca, KAFKA_SASL_MECHANISM: 'plain' },
      ...{ KAFKA_SASL_USERNAME: 'clients', KAFKA_SASL_PASSWORD: accounts.clients },
    };
    try {
      expect(await sendAndHear(port, settings)).toMatchObject({ source: 'clients' });
      const wrongPassword = sendAndHear(port, { ...settings, KAFKA_SASL_PASSWORD: 'another' });
      await expect(wrongPassword).rejects.toThrow(/authentication|credentials/i);
      await expect(sendAndHear(port, { ...settings, KAFKA_SSL_CA_FILE: '' })).rejects.toThrow(/certificate/i);
    } finally {
      await broker.stop();
      await rm(folder, { recursive: true, force: true });
    }
  });
};

if (canRun) describe('Kafka with TLS and accounts', tests);
else describe.skip('Kafka with TLS and accounts (not run: java and openssl are needed)', tests);
