import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as clients from '@throughline/clients';
import * as notifications from '@throughline/notifications';
import * as referrals from '@throughline/referrals';
import { startChild, type Child } from '@throughline/runtime/child-process';
import { freePort } from '@throughline/runtime/local-machine';
import { demonstrationPeople, startSignIn, type RunningSignIn } from '@throughline/sign-in';
import {
  describeKafka,
  eventually,
  graphqlClient,
  kafkaForTests,
  testDatabase,
  type GraphQLClient,
  type TestDatabase,
} from '@throughline/testing';
import * as treatment from '@throughline/treatment';
import { newSecrets } from './secrets.ts';

const root = join(import.meta.dirname, '../../..');
const owners = { clients, treatment, referrals, notifications };
type Name = keyof typeof owners;

interface Staff {
  id: string;
  name: string;
  roles: readonly string[];
  supervisorId?: string;
}

/** The image with PROGRAM=all, as its first process runs it: databases, broker and sign-in are given. */
describeKafka('PROGRAM=all', () => {
  const databases = {} as Record<Name, TestDatabase>;
  const lines: string[] = [];
  let signIn: RunningSignIn;
  let secrets: string;
  let ports: Record<string, string>;
  let program: Child;

  beforeAll(async () => {
    for (const [name, { migrate }] of Object.entries(owners))
      databases[name as Name] = await testDatabase(name, { migrate });
    signIn = await startSignIn({ port: 0 });
    secrets = await mkdtemp(join(tmpdir(), 'secrets-'));
    const keys = newSecrets();
    for (const name of ['CURSOR_SECRETS', 'WEBHOOK_SECRET_KEYS', 'COUNSELING_NOTE_KEYS'])
      await writeFile(join(secrets, name), `${keys[name] ?? ''}\n`);
    ports = {};
    for (const name of ['CLIENTS', 'TREATMENT', 'REFERRALS', 'NOTIFICATIONS', 'STAFF', 'PARTNER', 'METRICS'])
      ports[`${name}_PORT`] = String(await freePort());
    program = startChild(process.execPath, [join(root, 'infra/docker/run.mjs')], {
      stopSignal: 'TERM',
      log: (line) => void lines.push(line),
      env: await environment(),
    });
    await eventually(
      () => {
        if (!program.isRunning()) throw new Error(`It has ended:\n${lines.join('\n')}`);
        expect(healthy()).toBe(0);
      },
      { timeoutMs: 60_000 },
    );
  });

  afterAll(async () => {
    await program.kill();
    await signIn.close();
    await rm(secrets, { recursive: true });
    for (const database of Object.values(databases)) await database.drop();
  });

  async function environment(): Promise<NodeJS.ProcessEnv> {
    const { brokers, topicPrefix } = await kafkaForTests({ partitions: 1 });
    return {
      PATH: process.env.PATH,
      PROGRAM: 'all',
      // Of the image, for programs that have one port.
      PORT: '4000',
      CLIENTS_DATABASE_URL: databases.clients.appUrl,
      TREATMENT_DATABASE_URL: databases.treatment.appUrl,
      COUNSELING_DATABASE_URL: databases.treatment.apart.counseling,
      REFERRALS_DATABASE_URL: databases.referrals.appUrl,
      NOTIFICATIONS_DATABASE_URL: databases.notifications.appUrl,
      KAFKA_BROKERS: brokers.join(','),
      KAFKA_TOPIC_PREFIX: topicPrefix,
      KAFKA_PARTITIONS: '1',
      OIDC_ISSUER: signIn.issuer,
      CURSOR_SECRETS_FILE: join(secrets, 'CURSOR_SECRETS'),
      WEBHOOK_SECRET_KEYS_FILE: join(secrets, 'WEBHOOK_SECRET_KEYS'),
      COUNSELING_NOTE_KEYS_FILE: join(secrets, 'COUNSELING_NOTE_KEYS'),
      ...ports,
    };
  }

  /** Exit code of the health check of the image. */
  function healthy(): number | null {
    const env = { ...ports, PATH: process.env.PATH, PORT: '4000', PROGRAM: 'all' };
    return spawnSync(process.execPath, [join(root, 'infra/docker/healthy.mjs')], { env }).status;
  }

  async function as(person: string): Promise<GraphQLClient> {
    return graphqlClient(`http://127.0.0.1:${ports.STAFF_PORT ?? ''}/graphql`, await signIn.tokenFor(person));
  }

  async function recordStaff(): Promise<void> {
    const ruth = await as('ruth');
    const record = `mutation ($input: RecordStaffInput!) { recordStaff(input: $input) {
      __typename ... on Problem { message } } }`;
    for (const key of ['ruth', 'ines', 'maria']) {
      const { id, name, roles, ...more } = demonstrationPeople.find((person) => person.key === key) as Staff;
      const input = {
        id,
        name,
        roles,
        supervisorId: more.supervisorId ?? null,
        timeZone: 'America/New_York',
      };
      expect((await ruth(record, { input })).data).toEqual({ recordStaff: { __typename: 'StaffMember' } });
    }
  }

  it('answers through the gateway what one service keeps and another has heard', async () => {
    await recordStaff();
    const maria = await as('maria');
    const register = `mutation { registerClient(input: { legalName: "Ada One", dateOfBirth: "1991-04-12",
      needs: [{ category: HOMELESSNESS, clientRank: 1 }] }) { __typename ... on Client { id } } }`;
    const { data } = await maria<{ registerClient: { id: string } }>(register);
    const id = data?.registerClient.id;
    expect(id).toBeDefined();
    await eventually(async () => {
      const story = 'query ($id: ID!) { client(id: $id) { timeline(first: 5) { edges { node { kind } } } } }';
      expect(JSON.stringify((await maria(story, { id })).data)).toContain('ClientRegistered');
    });
  });

  it.each(['CLIENTS', 'TREATMENT', 'REFERRALS', 'NOTIFICATIONS', 'METRICS'])(
    'tells the metrics at %s_PORT',
    async (name) => {
      const response = await fetch(`http://127.0.0.1:${ports[`${name}_PORT`] ?? ''}/metrics`);
      expect(await response.text()).toMatch(name === 'METRICS' ? 'gateway_plans_kept' : 'outbox_unsent');
    },
  );

  it('ends in order on SIGTERM', async () => {
    await program.stop(20_000);
    expect(await program.exited).toBe(0);
  });
});
