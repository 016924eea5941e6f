import { join } from 'node:path';
import { createDataSource as clientsDatabase } from '@throughline/clients';
import { findKafka } from '@throughline/kafka';
import { afterRestore, fromArchives, kafkaTransport, rebuild, type LostFact } from '@throughline/messaging';
import {
  archiveRest,
  baseBackup,
  provision,
  restoreTo,
  startArchiving,
  type PointInTime,
} from '@throughline/postgres';
import { createDataSource as referralsDatabase } from '@throughline/referrals';
import { createDataSource as treatmentDatabase } from '@throughline/treatment';
import { Closers, silentLogger } from '@throughline/runtime';
import { startSignIn } from '@throughline/sign-in';
import { loadPeople, loadProgram, planDemonstration } from '../demonstration/load.ts';
import type { Loading } from '../demonstration/loading.ts';
import { services, type ServiceName } from '../infrastructure.ts';
import { projectionsOf } from '../rebuild-command.ts';
import { say, step } from '../steps.ts';
import { migrateAll, startSystem } from '../system.ts';
import { digests, parkedFacts, recordedAfter, settled, type Databases } from './state.ts';

export interface Proof {
  sentence: string;
  holds: boolean;
}

interface Drill {
  /** An empty directory. */
  home: string;
  restored: readonly ServiceName[];
  closers: Closers;
}

/** Numbers of people of the demonstration: before the backup, up to the moment, and after it. */
const [inBackup, inLog, lostAfter] = [20, 10, 10];
const passwords = { owner: 'local-owner', app: 'local-app', apart: { counseling: 'local-counseling' } };

/** A program with people; a backup while it serves; a moment; a lost disk; and back. */
export async function drill({ home, restored, closers }: Drill): Promise<Proof[]> {
  const places: PointInTime = {
    ...{
      dataDir: join(home, 'postgres'),
      archive: join(home, 'archive'),
      restoredDir: join(home, 'restored'),
    },
    log: say,
  };
  const server = await step('PostgreSQL with an archive', () => startArchiving(places));
  closers.add('PostgreSQL', () => server.stop());
  const kafka = await step('Kafka', () => findKafka({ log: say }));
  if (kafka.how === 'none') throw new Error(`The drill needs Kafka. ${kafka.why}`);
  closers.add('Kafka', () => kafka.stop());
  const databases: Databases = await provision(server.url, [...services], passwords);
  const { brokers } = kafka;
  await step('migrations', () => migrateAll({ databases, brokers }));

  const before = await start(databases, brokers);
  closers.add('system before', () => before.close());
  const { people } = before;
  await step('directory and staff', () => before.loadProgram());
  await step(`${inBackup} people`, () => before.load(people.slice(0, inBackup)));
  await step('base backup while the services serve', () => baseBackup(server.url, places));
  await step(`${inLog} more people`, () => before.load(people.slice(inBackup, inBackup + inLog)));
  await settled(databases);
  const known = await Promise.all(restored.map((name) => digests(databases, name)));
  const moment = new Date();
  const late = people.slice(inBackup + inLog, inBackup + inLog + lostAfter);
  await step(`the moment is ${moment.toISOString()}; ${lostAfter} more people`, () => before.load(late));
  await settled(databases);
  await before.close();
  await archiveRest(server.url);

  const copy = await step('restoring to the moment', () => restoreTo(moment, places));
  closers.add('restored PostgreSQL', () => copy.stop());
  const copies: Databases = await provision(copy.url, [...services], passwords);
  const mixed = { ...databases };
  for (const name of restored) mixed[name] = copies[name];
  return backToWork({ restored, databases: mixed, brokers, moment, known, gone: databases, late }, closers);
}

interface Back {
  restored: readonly ServiceName[];
  databases: Databases;
  brokers: string[];
  moment: Date;
  /** Digests of the restored services at the moment. */
  known: readonly Map<string, string>[];
  /** The databases that were lost, to compare with. */
  gone: Databases;
  late: Loading['plan']['clients'];
}

async function backToWork(back: Back, closers: Closers): Promise<Proof[]> {
  const { restored, databases, brokers, moment, gone, late } = back;
  const unchanged = await sameAsThen(back);
  const { lost } = await step('restore:reconcile', () =>
    afterRestore({
      restored: restored.map((service) => ({ service, ownerUrl: databases[service].ownerUrl })),
      transport: kafkaTransport({ brokers, topicPrefix: '', clientId: 'drill', logger: silentLogger }),
      restoredTo: moment,
    }),
  );
  const after = await step('services and gateway', () => start(databases, brokers));
  closers.add('system after', () => after.close());
  await step('facts since the backup', () => settled(databases));
  const stillTheSame = restored.length === services.length ? await sameAsThen(back) : [];
  const removed = await step('projections:rebuild for all copies', () => rebuildAll(databases));
  await step(`${late.length} people once more`, () => after.load(late));
  await settled(databases);
  const difference = await step('comparing all copies with their origin', () => rebuildAll(databases, true));
  return [
    ...unchanged.map((table) => failure(`${table} is not as it was at the moment`)),
    success(`The databases of ${restored.join(', ')} are as they were at ${moment.toISOString()}.`),
    ...stillTheSame.map((table) => failure(`${table} changed by facts that were lost`)),
    await lostFactsAreKnown({ lost, moment, restored, gone }),
    success(`${removed} rows that followed from lost facts were removed from copies.`),
    {
      sentence: `${late.length} people were recorded again; ${after.refusals.length} were refused. ${after.refusals.join(' ')}`,
      holds: after.refusals.length === 0,
    },
    { sentence: `Copies differ from their origin in ${difference} rows.`, holds: difference === 0 },
    await nothingIsParked(databases),
  ];
}

const success = (sentence: string): Proof => ({ sentence, holds: true });
const failure = (sentence: string): Proof => ({ sentence, holds: false });

async function nothingIsParked(databases: Databases): Promise<Proof> {
  const parked = await parkedFacts(databases);
  return { sentence: `${parked} facts are parked.`, holds: parked === 0 };
}

async function lostFactsAreKnown({
  lost,
  moment,
  restored,
  gone,
}: Pick<Back, 'moment' | 'restored' | 'gone'> & { lost: readonly LostFact[] }): Promise<Proof> {
  const recorded = await Promise.all(restored.map((name) => recordedAfter(gone[name].ownerUrl, moment)));
  const ids = recorded.flat().sort();
  const told = lost.map(({ id }) => id).sort();
  return {
    sentence: `${told.length} facts are listed as lost; ${ids.length} had been recorded after the moment.`,
    holds: JSON.stringify(ids) === JSON.stringify(told),
  };
}

/** Names of the tables that differ. */
async function sameAsThen({ restored, databases, known }: Back): Promise<string[]> {
  const differing: string[] = [];
  for (const [index, name] of restored.entries()) {
    const now = await digests(databases, name);
    for (const [table, digest] of known[index] ?? [])
      if (now.get(table) !== digest) differing.push(`${name}.${table}`);
  }
  return differing;
}

/** Rows that differed, over all copies that all services keep. */
async function rebuildAll(databases: Databases, dryRun = false): Promise<number> {
  const archives = Object.fromEntries(services.map((name) => [name, databases[name].appUrl]));
  let differing = 0;
  for (const service of services) {
    const { projections, createDataSource } = projectionsOf[service];
    for (const projection of projections) {
      const { ownerUrl } = databases[service];
      const source = fromArchives(archives);
      const { tables, missing, outcome } = await rebuild({
        ...{ service, projection, createDataSource, ownerUrl, source, dryRun },
      });
      if (missing > 0) say(`  ${service} ${projection.name}: ${missing} facts are missing (${outcome})`);
      differing += missing;
      for (const { added, changed, removed } of tables) differing += added + changed + removed;
    }
  }
  return differing;
}

/** The system on these databases, and what loads people of the demonstration into it. */
async function start(databases: Databases, brokers: string[]) {
  const closers = new Closers();
  const signIn = await startSignIn({ port: 0 });
  closers.add('sign-in', () => signIn.close());
  const ports = { clients: 0, treatment: 0, referrals: 0, notifications: 0, staff: 0, partner: 0 };
  const { call } = await startSystem(
    { infrastructure: { databases, brokers }, ports, issuer: signIn.issuer, logLevel: 'warn' },
    closers,
  );
  const clientsDb = await clientsDatabase(databases.clients.appUrl, 2).initialize();
  closers.add('clients database', () => clientsDb.destroy());
  const referralsDb = await referralsDatabase(databases.referrals.appUrl, 2).initialize();
  closers.add('referrals database', () => referralsDb.destroy());
  const treatmentDb = await treatmentDatabase(databases.treatment.appUrl, 2).initialize();
  closers.add('treatment database', () => treatmentDb.destroy());
  const system = { call, clientsDb, referralsDb, treatmentDb };
  const loading = await planDemonstration(system);
  const refusals: string[] = [];
  let closing: Promise<void> | null = null;
  return {
    loadProgram: () => loadProgram(system, loading),
    people: loading.plan.clients,
    refusals,
    load: async (people: Loading['plan']['clients']) => {
      refusals.push(...(await loadPeople(loading, people)));
    },
    close: () => (closing ??= closers.close(silentLogger)),
  };
}
