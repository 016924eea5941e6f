import { referralFacts, uuidV7 } from '@throughline/events';
import { aViewer, testService, type TestService } from '../../test-service.ts';

const now = new Date('2036-03-03T03:00:00Z');
const id = () => uuidV7(now);
const maria = aViewer(id(), ['CASE_MANAGER']);

let service: TestService;
beforeAll(async () => {
  service = await testService();
});
afterAll(() => service.close());

const update = (viewer: typeof maria, from: string, to: string) =>
  service.ask<{ updateQuietHours: object }>(
    viewer,
    `mutation ($input: UpdateQuietHoursInput!) { updateQuietHours(input: $input) {
      ... on QuietHours { from to } ... on InvalidInput { issues { code } } ... on Forbidden { message } } }`,
    { input: { from, to } },
  );

describe('own quiet hours', () => {
  it('count for what comes from then on', async () => {
    // 22:00 in New York, where the agency is.
    service.clock.now = now;
    await expect(update(maria, '23:00', '06:30')).resolves.toEqual({
      updateQuietHours: { from: '23:00', to: '06:30' },
    });
    const referralId = id();
    const fact = referralFacts.accepted.of(referralId, now, {
      ...{ referralId, clientId: id(), caseManagerId: maria.id, dueAt: null },
    });
    await service.hear([fact]);
    const inbox = `{ myNotifications(state: [DELIVERED]) { edges { node { state deliverAt } } } }`;
    await expect(service.ask(maria, inbox)).resolves.toMatchObject({
      myNotifications: { edges: [{ node: { state: 'DELIVERED', deliverAt: now.toISOString() } }] },
    });
  });

  it('are refused when they are no times or too long', async () => {
    await expect(update(maria, '9pm', '06:00')).resolves.toEqual({
      updateQuietHours: { issues: [{ code: 'NOT_A_TIME' }] },
    });
    await expect(update(maria, '09:00', '08:00')).resolves.toEqual({
      updateQuietHours: { issues: [{ code: 'TOO_LONG' }] },
    });
  });

  it('belong to staff only', async () => {
    const partner = aViewer(id(), ['PARTNER_INTAKE'], { graph: 'PARTNER', agencyId: id() });
    await expect(update(partner, '22:00', '06:00')).rejects.toThrow('FORBIDDEN');
  });
});

describe('marking all as read', () => {
  it('leaves what came after that moment', async () => {
    const mark = (until: Date) =>
      service.ask(
        maria,
        `mutation ($until: DateTime) { markAllRead(input: { until: $until }) {
        ... on NotificationsRead { count } } }`,
        { until },
      );
    await expect(mark(new Date(now.getTime() - 1))).resolves.toEqual({ markAllRead: { count: 0 } });
    await expect(mark(now)).resolves.toEqual({ markAllRead: { count: 1 } });
    await expect(mark(now)).resolves.toEqual({ markAllRead: { count: 0 } });
  });
});
