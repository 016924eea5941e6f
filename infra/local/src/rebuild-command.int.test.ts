import { randomUUID } from 'node:crypto';
import * as clients from '@throughline/clients';
import * as facts from '@throughline/events';
import type { Fact } from '@throughline/events';
import {
  fromArchives,
  localTransport,
  record,
  consumerOf,
  startMessaging,
  withProjections,
  type Messaging,
} from '@throughline/messaging';
import * as notifications from '@throughline/notifications';
import * as referrals from '@throughline/referrals';
import { silentLogger } from '@throughline/runtime';
import { eventually, testDatabase, type TestDatabase } from '@throughline/testing';
import * as treatment from '@throughline/treatment';
import type { DataSource } from 'typeorm';
import { services, type ServiceName } from './infrastructure.ts';
import {
  closingLines,
  progressLine,
  projectionsOf,
  runRebuild,
  type RebuildRequest,
} from './rebuild-command.ts';

const migrations = { clients, treatment, referrals, notifications };
const databases = {} as Record<ServiceName, TestDatabase>;
const sources = {} as Record<ServiceName, DataSource>;
const running: Messaging[] = [];
const transport = localTransport({ consumers: [...services] });

beforeAll(async () => {
  for (const name of services) {
    databases[name] = await testDatabase(name, { migrate: migrations[name].migrate });
    sources[name] = await projectionsOf[name].createDataSource(databases[name].appUrl, 5).initialize();
    const reactions = withProjections(projectionsOf[name].projections);
    running.push(
      await startMessaging({
        service: name,
        dataSource: sources[name],
        databaseUrl: databases[name].appUrl,
        transport,
        reactions,
        logger: silentLogger,
      }),
    );
  }
  for (let n = 0; n < 5; n += 1) await tellAStory();
  await untilHandled('clients', ['treatment', 'referrals', 'notifications']);
  await untilHandled('referrals', ['clients']);
  // From the restricted topic of treatment.
  const episodes = `select count(*)::int as n from timeline_entry where kind = 'EpisodeStarted'`;
  await eventually(async () => expect(await sources.treatment.query(episodes)).toEqual([{ n: 5 }]));
  const crises = 'select count(*)::int as n from open_crisis';
  await eventually(async () => expect(await sources.referrals.query(crises)).toEqual([{ n: 5 }]));
  const choices = 'select count(*)::int as n from chosen_service';
  await eventually(async () => expect(await sources.referrals.query(choices)).toEqual([{ n: 5 }]));
  const responders = 'select count(*)::int as n from care_responder';
  for (const name of services)
    await eventually(async () => expect(await sources[name].query(responders)).toEqual([{ n: 5 }]));
  // From the restricted topic of clients.
  const contacts = 'select count(*)::int as n from next_contact';
  await eventually(async () => expect(await sources.treatment.query(contacts)).toEqual([{ n: 5 }]));
  const rules = 'select count(*)::int as n from client_rule';
  await eventually(async () => expect(await sources.notifications.query(rules)).toEqual([{ n: 5 }]));
});
afterAll(async () => {
  for (const messaging of running) await messaging.close();
  for (const name of services) {
    await sources[name].destroy();
    await databases[name].drop();
  }
});

/** Staff, a case, its needs and consents, and an agency, as their services record them: what every copy is made of. */
async function tellAStory(): Promise<void> {
  const [clientId, caseId, staffId, supervisorId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const now = new Date();
  const consent = {
    clientId,
    recipientAgencyIds: [randomUUID()],
    recipientClasses: [],
    purposes: ['TREATMENT'],
    version: 1,
  };
  const [one, two, three] = [randomUUID(), randomUUID(), randomUUID()];
  const ended = { clientId };
  const staff = { staffId, supervisorId, roles: ['CASE_MANAGER'], timeZone: null, active: true };
  await tell(
    facts.clientRegistered.of(clientId, now, { clientId }),
    facts.clientAgeGroupChanged.of(clientId, now, { clientId, ageGroup: 'AGE_18_64', reason: 'RECORD' }),
    facts.caseOpened.of(clientId, now, { clientId, caseId }),
    facts.caseManagerAssigned.of(clientId, now, {
      clientId,
      caseId,
      caseManagerId: staffId,
      supervisorId: null,
    }),
    facts.staffRecorded.of(staffId, now, staff),
    facts.staffQualificationTold.of(staffId, now, { staffId, isQualified: true }),
    facts.credentialChanged.of(staffId, now, {
      ...{ staffId, credentialId: randomUUID(), typeCode: 'LCSW', validUntil: null, counts: true },
    }),
    ...['BACKUP', 'PEER'].map((role) =>
      facts.caseRoleAssigned.of(clientId, now, { clientId, caseId, staffId: randomUUID(), role }),
    ),
    ...['FOOD', 'HOUSING'].map((category) =>
      facts.needRecorded.of(clientId, now, {
        needId: randomUUID(),
        clientId,
        caseId,
        category,
      }),
    ),
  );
  await tell(
    ...[one, two].map((consentId) => facts.consentRecorded.of(clientId, now, { ...consent, consentId })),
    facts.consentSuperseded.of(clientId, now, { ...consent, consentId: three, supersededId: one }),
    facts.consentRevoked.of(clientId, now, { ...ended, consentId: two, version: 2 }),
    facts.clientRestrictionChanged.of(clientId, now, { clientId, restrictAll: true }),
    facts.clientContactRuleChanged.of(clientId, now, {
      ...{ clientId, contactProhibited: true, allowedMethods: [], mayBeLeft: false },
      ...{ mayMentionProgram: false, deceased: false },
    }),
    facts.caseFacts.closeAsked.of(clientId, now, { clientId, caseId: randomUUID() }),
    facts.nextContactMoved.of(clientId, now, { clientId, caseId, dueAt: now.toISOString() }),
    facts.caseClosed.of(clientId, now, { clientId, caseId }),
    facts.staffRecorded.of(staffId, now, {
      ...{ ...staff, supervisorId: randomUUID(), away: true, coverId: randomUUID() },
    }),
  );
  const crisis = { alertId: randomUUID(), clientId, level: 1, caseManagerId: staffId, supervisorId };
  await tell(
    facts.episodeStarted.of(clientId, now, { clientId, episodeId: randomUUID() }),
    facts.crisisOpened.of(clientId, now, crisis),
    facts.crisisAcknowledged.of(clientId, now, {
      ...{ alertId: crisis.alertId, clientId, acknowledgedBy: supervisorId },
    }),
    facts.serviceChosen.of(clientId, now, {
      ...{ recommendationId: randomUUID(), clientId, needId: null, serviceId: randomUUID() },
      ...{ matchPoints: 70, declinedServiceIds: [] },
    }),
  );
  const agencyId = randomUUID();
  const agency = { agencyId, agencyType: 'SHELTER', hipaaStatus: 'NON_HIPAA', active: true };
  const referral = { referralId: randomUUID(), clientId, caseManagerId: staffId, dueAt: null };
  await tell(
    facts.agencyRecorded.of(agencyId, now, agency),
    facts.referralFacts.created.of(referral.referralId, now, referral),
    facts.referralFacts.sent.of(referral.referralId, now, { ...referral, decideBy: now.toISOString() }),
  );
}

function tell(...told: Fact[]): Promise<void> {
  const cause = { actor: { kind: 'SYSTEM', id: 'test' }, correlationId: 'test' } as const;
  const owner = facts.contextOf(told[0]?.topic ?? 'clients.v1') as ServiceName;
  return sources[owner].transaction((tx) => record(tx, cause, ...told));
}

/** Each concern with a projection stands where the keys of the owner of the facts stand. */
async function untilHandled(owner: ServiceName, readers: readonly ServiceName[]): Promise<void> {
  const topic = `${owner}.v1`;
  const recorded: unknown = await sources[owner].query(
    `select key, last_sequence from outbox_key where topic = $1 order by key`,
    [topic],
  );
  for (const name of readers)
    for (const { concern } of projectionsOf[name].projections)
      await eventually(async () =>
        expect(
          await sources[name].query(
            `select key, last_sequence from inbox_key where topic = $1 and consumer = $2 order by key`,
            [topic, consumerOf(name, concern)],
          ),
        ).toEqual(recorded),
      );
}

async function contentOf(service: ServiceName, tables: readonly string[]): Promise<unknown[]> {
  const content: unknown[] = [];
  for (const table of tables)
    content.push(
      // When a service heard of a fact is no content of the fact.
      await sources[service].query(
        `select (to_jsonb(t) - 'received_in')::text as line from ${table} t order by 1`,
      ),
    );
  return content;
}

/** Every second row is lost. */
async function lose(service: ServiceName, tables: readonly string[]): Promise<void> {
  const owner = await projectionsOf[service].createDataSource(databases[service].ownerUrl, 1).initialize();
  for (const table of tables)
    await owner.query(`
      alter table ${table} disable trigger user;
      delete from ${table} where ctid in (select ctid from (select ctid, row_number() over () as n from ${table}) r where n % 2 = 0);
      alter table ${table} enable trigger user`);
  await owner.destroy();
}

async function ask(request: RebuildRequest): Promise<{ code: number; said: string }> {
  const said: string[] = [];
  const urls = Object.fromEntries(services.map((name) => [name, databases[name].appUrl]));
  const code = await runRebuild(request, {
    ownerUrlOf: (name) => databases[name].ownerUrl,
    sources: { archive: () => fromArchives(urls) },
    signal: new AbortController().signal,
    say: (line) => said.push(line),
    timeZone: 'America/New_York',
  });
  return { code, said: said.join('\n') };
}

const everyProjection = services.flatMap((service) =>
  projectionsOf[service].projections.map(({ name, tables }) => [service, name, tables] as const),
);

describe('the command that rebuilds projections', () => {
  it.each(everyProjection)(
    'builds %s %s again, equal to what the service had built from the facts',
    async (service, projection, tables) => {
      const before = await contentOf(service, tables);
      for (const rows of before) expect(rows).not.toEqual([]);
      await lose(service, tables);
      const { code, said } = await ask({ service, projection });
      expect(said).toMatch(/ [1-9]\d* added, 0 changed, 0 removed/);
      expect(said).toContain('The service uses the rebuilt tables from now on.');
      expect(code).toBe(0);
      expect(await contentOf(service, tables)).toEqual(before);
    },
  );

  it('says in a dry run that nothing differs', async () => {
    const { code, said } = await ask({ service: 'treatment', projection: 'timeline', dryRun: true });
    expect(said).toMatch(/timeline_entry: (\d+) rows before, \1 after; 0 added, 0 changed, 0 removed/);
    expect(said).toContain('nothing was changed');
    expect(code).toBe(0);
  });

  it('accepts no gaps where it is decided who may see or receive something', async () => {
    const { code, said } = await ask({ service: 'referrals', projection: 'consents', acceptGaps: true });
    expect([code, said]).toEqual([64, expect.stringContaining('gaps in it cannot be accepted')]);
  });

  it.each<[string, RebuildRequest]>([
    ['no service', { service: '', projection: '' }],
    ['an unknown service', { service: 'toString', projection: 'care' }],
    ['an unknown projection', { service: 'clients', projection: 'care' }],
    ['an unknown source', { service: 'treatment', projection: 'needs', from: 'backup' }],
  ])('lists what there is when it is told of %s', async (_what, request) => {
    const { code, said } = await ask(request);
    expect(code).toBe(64);
    expect(said).toContain(
      'treatment      care, ages, consents, credentials, needs, qualifications, next-contacts, case-approvals, absences, timeline, measures',
    );
  });
});

describe('what a rebuild tells', () => {
  it('is how far it is, how fast, and how long it will take', () => {
    expect(progressLine({ read: 0, facts: 500, total: 2000 }, 1000)).toBe(
      '  500 of 2000 facts (25 %), 500 a second, 3 s left',
    );
    expect(progressLine({ read: 700, facts: 0, total: 2000 }, 1000)).toBe('  700 facts read');
  });

  it('is at the end what is missing and what was passed by', () => {
    const tally = { facts: 9, skipped: 1, missing: 3, keysWithGaps: 2 };
    const lines = closingLines(
      { ...tally, outcome: 'GAPS', tables: [], heldUpMs: 20 },
      { from: 'topics', ms: 1500 },
    );
    expect(lines).toEqual([
      '  1 facts passed by: parked or given up, see npm run parked',
      '  3 facts of 2 keys are no longer in the topics',
      '9 facts from the topics in 1.5 s; new facts waited 0.02 s. Nothing was changed: facts are missing. Use the other source; --accept-gaps removes what followed from them.',
    ]);
  });
});
