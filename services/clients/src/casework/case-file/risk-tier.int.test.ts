import { crisisOpened, crisisResolved, riskTierChanged, uuidV7 } from '@throughline/events';
import { addDays, dayIn, endOfDay } from '@throughline/privacy';
import { clientsConfig } from '../../config.ts';
import { aClient, hire, testService, type TestService } from '../../test-service.ts';

let service: TestService;
let people: Awaited<ReturnType<typeof hire>>;
beforeAll(async () => {
  service = await testService();
  people = await hire(service.ask);
});
afterAll(() => service.close());

const zone = clientsConfig.shape.PROGRAM_TIME_ZONE.parse(undefined);

describe('what treatment says of a client', () => {
  it('sets the tier of the case and pulls the next contact forward; a lower tier waits for the next contact', async () => {
    const { id: clientId } = await aClient(service.ask, people.maria);
    const read = async () => {
      const [row] = await service.db.query<{ tier: string; due: Date }[]>(
        'select risk_tier as tier, next_contact_due_at as due from case_file where client_id = $1',
        [clientId],
      );
      return row;
    };
    const tell = (tier: string) =>
      service.hear(riskTierChanged.of(clientId, service.clock.now, { clientId, tier }));
    await tell('CRISIS');
    const tomorrow = endOfDay(addDays(dayIn(zone, service.clock.now), 1), zone);
    expect(await read()).toEqual({ tier: 'CRISIS', due: tomorrow });
    await tell('LOW');
    expect(await read()).toEqual({ tier: 'LOW', due: tomorrow });
  });

  it('holds up the end of the case while a crisis is open', async () => {
    const { id: clientId } = await aClient(service.ask, people.maria);
    const alertId = uuidV7(service.clock.now);
    const blockers = () =>
      service.db.query<object[]>('select kind from case_blocker where client_id = $1', [clientId]);
    const names = { alertId, clientId, level: 1, caseManagerId: null, supervisorId: null };
    await service.hear(crisisOpened.of(clientId, service.clock.now, names));
    expect(await blockers()).toEqual([{ kind: 'CRISIS' }]);
    await service.hear(crisisResolved.of(clientId, service.clock.now, { alertId, clientId }));
    expect(await blockers()).toEqual([]);
  });
});
