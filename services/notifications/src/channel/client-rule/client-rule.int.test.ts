import { clientContactRuleChanged, uuidV7 } from '@throughline/events';
import { testService, type TestService } from '../../test-service.ts';
import { ClientRuleEntity } from './client-rule.entity.ts';
import { refusalOf } from './client-rule.ts';

let service: TestService;
beforeAll(async () => {
  service = await testService();
});
afterAll(() => service.close());

const now = new Date('2036-03-03T15:00:00Z');

describe('the copy of the rules of a client', () => {
  it('suppresses a message from the moment on at which the prohibition arrives, and permits it again', async () => {
    const clientId = uuidV7(now);
    const { manager } = service.running.dataSource;
    const refusal = async () => refusalOf(await manager.findOneBy(ClientRuleEntity, { clientId }), 'TEXT');
    const tell = (more: object) =>
      service.hear(
        [
          clientContactRuleChanged.of(clientId, now, {
            clientId,
            ...{ contactProhibited: false, allowedMethods: ['TEXT'], mayBeLeft: false },
            ...{ mayMentionProgram: false, deceased: false, ...more },
          }),
        ],
        { kind: 'SYSTEM', id: 'clients' },
      );
    expect(await refusal()).toBeNull();
    await tell({ contactProhibited: true });
    expect(await refusal()).toBe('CONTACT_PROHIBITED');
    await tell({});
    expect(await refusal()).toBeNull();
    await tell({ deceased: true });
    expect(await refusal()).toBe('DECEASED');
  });
});
