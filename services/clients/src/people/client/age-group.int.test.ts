import { addDays, addYears, dayIn, startOfDay } from '@throughline/privacy';
import { eventually } from '@throughline/testing';
import { aClient, hire, testService, type TestService } from '../../test-service.ts';

const zone = 'America/New_York';
const dayMs = 24 * 60 * 60 * 1000;

let service: TestService;
let people: Awaited<ReturnType<typeof hire>>;
beforeAll(async () => {
  service = await testService();
  people = await hire(service.ask);
});
afterAll(() => service.close());

const told = (clientId: string) => {
  const facts = service.sent.filter(({ type, key }) => type === 'ClientAgeGroupChanged' && key === clientId);
  return facts
    .map(({ data }) => data as { ageGroup: string | null; reason: string })
    .map(({ ageGroup, reason }) => [ageGroup, reason]);
};
const update = async (id: string, expectedVersion: number, changes: object) => {
  const mutation = `mutation ($input: UpdateClientInput!) {
    updateClient(input: $input) { __typename ... on Client { version } } }`;
  await service.ask(people.maria, mutation, { input: { id, expectedVersion, ...changes } });
};
const timers = (clientId: string) =>
  service.running.dataSource.query<{ at: Date }[]>(
    `select run_at as at from graphile_worker.jobs where key = $1`,
    [`client.age-group:${clientId}`],
  );

describe('the age group of a client', () => {
  it('is told at registration, before who works with the client, and never with a day', async () => {
    const { id } = await aClient(service.ask, people.maria, { dateOfBirth: '1988-04-12' });
    await eventually(() => expect(told(id)).toEqual([['AGE_18_64', 'RECORD']]));
    const types = await service.recorded(id);
    expect(types.indexOf('ClientAgeGroupChanged')).toBeLessThan(types.indexOf('CaseManagerAssigned'));
    for (const { data } of service.sent) expect(JSON.stringify(data)).not.toContain('04-12');
  });

  it('is told from the stated band while the date of birth is not known, and not at all without it', async () => {
    const stated = await aClient(service.ask, people.maria, { ageBand: 'AGE_25_34' });
    await eventually(() => expect(told(stated.id)).toEqual([['AGE_18_64', 'RECORD']]));
    const unknown = await aClient(service.ask, people.maria);
    expect(await service.recorded(unknown.id)).not.toContain('ClientAgeGroupChanged');
    expect(await timers(unknown.id)).toEqual([]);
  });

  it('is told again when the record is corrected, and the timer follows', async () => {
    const client = await aClient(service.ask, people.maria, { dateOfBirth: '2012-06-01' });
    expect(await timers(client.id)).toEqual([{ at: startOfDay('2030-06-01', zone) }]);
    await update(client.id, client.version, { dateOfBirth: '2015-06-01' });
    await update(client.id, client.version + 1, { pronouns: 'she/her' });
    await eventually(() =>
      expect(told(client.id)).toEqual([
        ['AGE_13_17', 'RECORD'],
        ['AGE_11', 'RECORD'],
      ]),
    );
    expect(await timers(client.id)).toEqual([{ at: startOfDay('2027-06-01', zone) }]);
    await update(client.id, client.version + 2, { dateOfBirth: null });
    await eventually(() => expect(told(client.id).at(-1)).toEqual([null, 'RECORD']));
    expect(await timers(client.id)).toEqual([]);
  });

  it('changes on the birthday by itself, and waits for the next one', async () => {
    const real = service.clock.now;
    service.clock.now = new Date(real.getTime() - 3 * dayMs);
    const birthday = addDays(dayIn(zone, service.clock.now), 1);
    const client = await aClient(service.ask, people.maria, { dateOfBirth: addYears(birthday, -18) });
    service.clock.now = real;

    await eventually(() =>
      expect(told(client.id)).toEqual([
        ['AGE_13_17', 'RECORD'],
        ['AGE_18_64', 'BIRTHDAY'],
      ]),
    );
    const at = startOfDay(addYears(birthday, 47), zone);
    await eventually(async () => expect(await timers(client.id)).toEqual([{ at }]));
  });
});
