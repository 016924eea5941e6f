import {
  callbackDue,
  callbackMissed,
  inquiryInCrisis,
  staffRecorded,
  uuidV7,
  type Fact,
} from '@throughline/events';
import type { Viewer } from '@throughline/graphql';
import { eventually } from '@throughline/testing';
import { aViewer, testService, type TestService } from '../../test-service.ts';

const now = new Date('2036-03-03T03:00:00Z');
const id = () => uuidV7(now);
const leila = aViewer(id(), ['INTAKE_WORKER']);
const ines = aViewer(id(), ['SUPERVISOR']);
const ada = aViewer(id(), ['SUPERVISOR']);
const ruth = aViewer(id(), ['PROGRAM_ADMIN']);

let service: TestService;
beforeAll(async () => {
  service = await testService();
  service.clock.now = now;
  await service.hear([staff(leila, ines.id), staff(ines, ada.id), staff(ada, null), staff(ruth, null)]);
});
afterAll(() => service.close());

function staff({ id: staffId, roles }: Viewer, supervisorId: string | null, active = true): Fact {
  const record = { staffId, supervisorId, roles: [...roles], timeZone: null, active };
  return staffRecorded.of(staffId, now, record);
}

const contact = () => ({ inquiryId: id(), handledById: leila.id });

async function told(viewer: Viewer, inquiryId: string): Promise<object[]> {
  const query = `{ myNotifications(first: 100) { edges { node {
    code state requiresAck dueAt subject { __typename ... on Inquiry { id } } client { id } } } } }`;
  const { myNotifications } = await service.ask<{
    myNotifications: { edges: { node: { subject: { id?: string } } }[] };
  }>(viewer, query);
  return myNotifications.edges.map(({ node }) => node).filter(({ subject }) => subject.id === inquiryId);
}

describe('a first contact', () => {
  it('in a crisis reaches the lead of the desk at night, who must acknowledge', async () => {
    const call = contact();
    await service.hear([inquiryInCrisis.of(call.inquiryId, now, call)]);
    await expect(told(ines, call.inquiryId)).resolves.toMatchObject([
      { code: 'CRISIS_CALL', state: 'DELIVERED', requiresAck: true, client: null },
    ]);
    expect(await told(leila, call.inquiryId)).toEqual([]);
  });

  it('with a promised call reaches the worker who promised it, with its time', async () => {
    const call = { ...contact(), dueAt: '2036-03-03T03:10:00.000Z' };
    await service.hear([callbackDue.of(call.inquiryId, now, call)]);
    await expect(told(leila, call.inquiryId)).resolves.toMatchObject([
      { code: 'CALLBACK_DUE', requiresAck: false, dueAt: call.dueAt },
    ]);
    expect(await told(ines, call.inquiryId)).toEqual([]);
  });

  it('with a missed call reaches the lead, then the next supervisor, then an administrator', async () => {
    const call = contact();
    await service.hear([callbackMissed.of(call.inquiryId, now, call)]);
    await expect(told(ines, call.inquiryId)).resolves.toMatchObject([
      { code: 'CALLBACK_MISSED', requiresAck: true },
    ]);
    for (const next of [ada, ruth]) {
      expect(await told(next, call.inquiryId)).toEqual([]);
      await service.db.query(
        `select graphile_worker.reschedule_jobs(
           array(select j.id from graphile_worker.jobs j join escalation e on j.key = 'escalation:' || e.id
                 where e.subject_id = $1), run_at => now() - interval '1 second')`,
        [call.inquiryId],
      );
      await eventually(async () => expect(await told(next, call.inquiryId)).toHaveLength(1));
    }
  });

  it('of a worker who is away reaches the lead before its time', async () => {
    const call = { ...contact(), dueAt: '2036-03-03T03:10:00.000Z' };
    // Facts of different keys may be handled in either order.
    await service.hear([staff(leila, ines.id, false)]);
    await service.hear([callbackDue.of(call.inquiryId, now, call)]);
    await expect(told(ines, call.inquiryId)).resolves.toMatchObject([{ code: 'CALLBACK_DUE' }]);
  });
});
