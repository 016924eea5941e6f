import { caseManagerAssigned, caseOpened, needRecorded, serviceChosen } from '@throughline/events';
import { readSdl } from '@throughline/graphql';
import { describeEntityStatements, statementsOf } from '@throughline/testing';
import { id } from './loop.test-person.ts';
import { aViewer, does, referralsWorld, type World } from './loop.test-world.ts';

let world: World;
const maria = aViewer(id(), ['CASE_MANAGER']);
const some = (): string[] => Array.from({ length: 50 }, id);
const ids: Record<string, string[]> = {
  ...{ Client: some(), Need: some(), Agency: some(), Service: some(), Location: some() },
  TreatmentRecommendation: some(),
};

beforeAll(async () => {
  world = await referralsWorld();
  const { Client = [], Need = [], Agency, Service, Location } = ids;
  await world.db.query(
    `with agencies as (insert into agency (id, name) select id, 'Agency' from unnest($1::uuid[]) as a (id)),
       places as (insert into location (id, name) select id, 'Place' from unnest($3::uuid[]) as l (id))
     insert into service (id, agency_id, name, status, need_categories)
     select s.id, s.agency_id, 'Beds', 'ACTIVE', '{HOMELESSNESS}' from unnest($2::uuid[], $1::uuid[]) as s (id, agency_id)`,
    [Agency, Service, Location],
  );
  for (const [n, clientId] of Client.entries()) {
    const [caseId, needId, now] = [id(), Need[n] ?? '', new Date()];
    const team = { caseManagerId: maria.id, supervisorId: id() };
    await world.hear(
      caseOpened.of(clientId, now, { clientId, caseId }),
      caseManagerAssigned.of(clientId, now, { clientId, caseId, ...team }),
      needRecorded.of(clientId, now, { needId, clientId, caseId, category: 'HOMELESSNESS' }),
    );
    const [recommendationId, serviceId] = [ids.TreatmentRecommendation?.[n] ?? '', Service?.[n] ?? ''];
    const choice = { recommendationId, clientId, needId, serviceId, matchPoints: 70 };
    await world.hear(serviceChosen.of(clientId, now, { ...choice, declinedServiceIds: [] }));
    await does(world, maria, 'createReferral', { recommendationId });
  }
  const rows: { id: string; requestId: string }[] = await world.db.query(
    'select id, request_id as "requestId" from referral',
  );
  ids.Referral = rows.map((row) => row.id);
  ids.ReferralRequest = rows.map((row) => row.requestId);
});
afterAll(() => world.close());

describeEntityStatements({
  sdl: readSdl(import.meta.dirname),
  ids: () => ids,
  ask: async (query, r) => {
    let entities: unknown[] = [];
    const statements = await statementsOf(world.db, async () => {
      entities = (await world.ask<{ _entities: unknown[] }>(maria, query, { r }))._entities;
    });
    return { entities, statements };
  },
  // Of a client this service has the care team, of a need whose it is: both say who may read the rest.
  elsewhere: {
    'Client.openReferralCount': 'referrals',
    'Client.referralRequests': 'requests',
    'Need.referralRequests': 'requests',
    'TreatmentRecommendation.referralRequests': 'requests',
    'Location.accessibility': 'how people with disabilities get in, which the directory keeps apart',
    'Service.eligibilityDescription': 'an older form of the directory, which keeps it apart',
    'Service.requiredDocuments': 'documents, which the directory keeps apart',
    'Service.serviceAreas': 'areas, which the directory keeps apart',
  },
});
