import { allEvents, caseManagerAssigned, staffRecorded, uuidV7 } from '@throughline/events';
import { eventually, idOfRow, sampleData } from '@throughline/testing';
import { notificationCodes } from '../../inbox/notification/notification.ts';
import { testService, type TestService } from '../../test-service.ts';
import { toldByCommands, toldFacts, toldOutside, untoldFacts } from './facts.ts';

const now = new Date('2036-03-03T15:00:00Z');

/** Values that a sample has not: those that lead to each code of the fact. */
const variants: Record<string, readonly object[]> = {
  CaseManagerAssigned: [{}, { caseManagerId: null }],
  CrisisOpened: [{ level: 1 }, { level: 2 }],
  CaseloadBandChanged: [{ band: 'WARNING' }, { band: 'OVER' }],
  CredentialExpiring: [{ daysLeft: 180 }, { daysLeft: 7 }],
  CarePlanReviewDue: [{ daysLeft: 7 }, { daysLeft: -14 }],
  GoalDue: [{ daysLeft: 0 }, { daysLeft: -14 }],
  CredentialExpired: [{ inGrace: true }, { inGrace: false }],
};

let service: TestService;
beforeAll(async () => {
  service = await testService();
});
afterAll(() => service.close());

/** Tells a fact about a client with a case manager, or without one; answers its ids. */
async function tell(event: (typeof allEvents)[number], row: number, led: boolean): Promise<string[]> {
  const [clientId, staffId] = [idOfRow(row), uuidV7(now)];
  await service.hear([
    staffRecorded.of(staffId, now, {
      ...{
        staffId,
        supervisorId: null,
        roles: ['SUPERVISOR', 'PROGRAM_ADMIN'],
        timeZone: null,
        active: true,
      },
    }),
    caseManagerAssigned.of(clientId, now, {
      ...{ clientId, caseId: idOfRow(row), caseManagerId: led ? staffId : null, supervisorId: staffId },
    }),
  ]);
  // News that nobody has read would count on its line: each fact is told to people with an empty inbox.
  await service.db.query('update notification set read_at = now() where read_at is null');
  const sample = sampleData(event, row);
  const facts = (variants[event.type] ?? [{}]).map((more) => event.of(clientId, now, { ...sample, ...more }));
  await service.hear(facts);
  return facts.map(({ id }) => id);
}

async function codesOf(factIds: readonly string[]): Promise<string[]> {
  const rows: { code: string }[] = await service.db.query(
    'select distinct code from notification where fact_id = any($1) order by code',
    [factIds],
  );
  return rows.map(({ code }) => code);
}

describe('the catalogue', () => {
  it('knows each fact of the contracts once: who is told, or why nobody is', () => {
    const known = [...Object.keys(toldFacts), ...Object.keys(untoldFacts)].sort();
    expect(known).toEqual(allEvents.map(({ type }) => type).sort());
  });

  it('has no code without a fact or a command that leads to it', () => {
    const reached = new Set([...Object.values(toldFacts).flat(), ...toldByCommands, ...toldOutside]);
    expect(notificationCodes.filter((code) => !reached.has(code))).toEqual([]);
  });

  it('has a reason in a sentence', () => {
    for (const reason of Object.values(untoldFacts)) expect(reason).toMatch(/^[A-Z].{15,}\.$/);
  });
});

describe('a fact', () => {
  it('reaches somebody, with the codes of the catalogue and no other', async () => {
    for (const [index, event] of allEvents.entries()) {
      const row = 1000 + 2 * index;
      const told = [...(await tell(event, row, true)), ...(await tell(event, row + 1, false))];
      const expected = [...(toldFacts[event.type] ?? [])].sort();
      // A reaction that asks who works with the client is tried again until the copy of it has heard the fact, too.
      await eventually(async () => expect([event.type, await codesOf(told)]).toEqual([event.type, expected]));
    }
  });
});
