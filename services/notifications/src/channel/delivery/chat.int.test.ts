import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { staffRecorded, uuidV7, webhookDisabled } from '@throughline/events';
import { eventually } from '@throughline/testing';
import { aViewer, testService, type TestService } from '../../test-service.ts';

const noon = new Date('2036-03-03T17:00:00Z');
const id = () => uuidV7(noon);

const posted: string[] = [];
const room = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    posted.push((JSON.parse(Buffer.concat(parts).toString()) as { text: string }).text);
    response.writeHead(200).end();
  });
});

let service: TestService;
beforeAll(async () => {
  await new Promise<void>((resolve) => {
    room.listen(0, '127.0.0.1', resolve);
  });
  const { port } = room.address() as AddressInfo;
  service = await testService({ settings: { CHAT_WEBHOOK_URL: `http://127.0.0.1:${String(port)}/hook` } });
});
afterAll(async () => {
  await service.close();
  room.close();
});

const engineer = (away: boolean) => {
  const viewer = aViewer(id(), ['PLATFORM_ENGINEER']);
  const staff = { staffId: viewer.id, supervisorId: null, roles: [...viewer.roles], timeZone: null };
  return { viewer, recorded: staffRecorded.of(viewer.id, noon, { ...staff, active: true, away }) };
};
const statesOf = () =>
  service.db.query<{ state: string }[]>(`select state from delivery where route = '{CHAT}' order by id`);

it('a chat hears of one alert once, however many people are told, also when they are away or asleep', async () => {
  service.clock.now = new Date('2036-03-03T06:00:00Z');
  const people = [engineer(true), engineer(false), engineer(false)];
  await service.hear(people.map(({ recorded }) => recorded));
  const disabled = { subscriptionId: id(), agencyId: id() };
  await service.hear([webhookDisabled.of(disabled.subscriptionId, noon, disabled)]);
  await service.runDeliveries();
  await eventually(async () => expect(await statesOf()).toEqual([{ state: 'SENT' }]));

  const again = { subscriptionId: id(), agencyId: disabled.agencyId };
  await service.hear([webhookDisabled.of(again.subscriptionId, noon, again)]);
  const another = { subscriptionId: id(), agencyId: id() };
  await service.hear([webhookDisabled.of(another.subscriptionId, noon, another)]);
  await service.runDeliveries();
  await eventually(async () => expect(await statesOf()).toEqual([{ state: 'SENT' }, { state: 'SENT' }]));
  // The link leads to the inbox of the reader: what one person was told is not there for another one.
  expect(posted).toEqual(Array(2).fill(expect.stringMatching(/^There is an update in .*\/notifications$/)));
});
