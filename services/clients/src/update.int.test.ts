import { uuidV7 } from '@throughline/events';
import { startTestService } from '@throughline/service/testing';
import { eventually } from '@throughline/testing';
import { clientsConfig } from './config.ts';
import {
  active,
  agency,
  blocks,
  consent,
  free,
  left,
  need,
  older,
  restricts,
  updateFilled,
  younger,
} from './migrated.test-world.ts';
import { startClients } from './service.ts';

let service: Awaited<ReturnType<typeof startTestService>>;
beforeAll(async () => {
  const clients = { name: 'clients' as const, config: clientsConfig, start: startClients };
  service = await startTestService({ ...clients, migrate: updateFilled });
});
afterAll(() => service.close());

const facts = (type: string, ...keys: readonly string[]) =>
  service.db.query<{ key: string; data: object }[]>(
    `select key, payload as data from outbox where type = $1 and key = any($2)
     union all select key, payload as data from outbox_archive where type = $1 and key = any($2)`,
    [type, keys],
  );

describe('an update of a database of the release before', () => {
  it('tells again who of the staff is active, and in which roles', async () => {
    await eventually(async () => expect(await facts('StaffRecorded', active, left)).toHaveLength(2));
    const data = (await facts('StaffRecorded', left)).map((fact) => fact.data);
    expect(data).toEqual([expect.objectContaining({ roles: ['CASE_MANAGER'], active: false })]);
  });

  it('tells again what each client restricts and blocks', async () => {
    const told = () => facts('ClientRestrictionChanged', restricts, blocks, free);
    await eventually(async () => expect(await told()).toHaveLength(2));
    const data = (await told()).map((fact) => fact.data);
    expect(data).toContainEqual({ clientId: restricts, restrictAll: true, blockedAgencyIds: [] });
    expect(data).toContainEqual({ clientId: blocks, restrictAll: false, blockedAgencyIds: [agency] });
  });

  it('changes no need that stands twice, and allows no third one', async () => {
    const needs = 'select id, status, version, twin from need order by id';
    expect(await service.db.query(needs)).toEqual([
      { id: older, status: 'OPEN', version: 1, twin: false },
      { id: younger, status: 'OPEN', version: 1, twin: true },
    ]);
    await expect(service.db.query(need(uuidV7(new Date())))).rejects.toThrow('need_one_per_category');
  });

  it('lets a process of that release record needs and consents meanwhile', async () => {
    await service.db.query(need(uuidV7(new Date())).replace('FOOD_INSECURITY', 'HOMELESSNESS'));
    for (const id of [uuidV7(new Date()), uuidV7(new Date())]) await service.db.query(consent(id));
    expect(await service.db.query('select content_hash as hash from consent')).toEqual([
      { hash: null },
      { hash: null },
    ]);
  });
});
