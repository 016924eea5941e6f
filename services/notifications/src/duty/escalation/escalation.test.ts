import fc from 'fast-check';
import { nobody } from '../../catalogue/catalogue/addressees.ts';
import { directoryOf } from '../../inbox/staff/staff.ts';
import { escalate, openEscalation, type Escalation } from './escalation.ts';

const now = new Date('2026-03-02T03:00:00Z');
const hours = (count: number) => new Date(now.getTime() + count * 3_600_000);
const staff = (id: string, supervisorId: string | null, role: string) => ({
  ...{ id, supervisorId, roles: [role], timeZone: null, active: true, away: false, coverId: null },
});
const directory = directoryOf([
  staff('maria', 'sam', 'CASE_MANAGER'),
  staff('sam', 'ada', 'SUPERVISOR'),
  staff('ada', null, 'SUPERVISOR'),
  staff('pat', null, 'PROGRAM_ADMIN'),
]);

const anEscalation = (): Escalation =>
  openEscalation(
    { code: 'SCREEN_POSITIVE_SAFETY', subjectId: 's', clientId: 'c', factId: 'f', dueAt: null },
    {
      named: { ...nobody, authorId: 'maria', caseManagerId: 'maria', supervisorId: 'sam' },
      told: ['maria', 'sam'],
      correlationId: 'r',
      steps: null,
    },
    now,
  );

describe('an escalation', () => {
  it('gives those who were told first an hour', () => {
    expect(anEscalation()).toMatchObject({ step: 0, nextAt: hours(1), acknowledgedAt: null });
  });

  it('then tells the supervisor’s supervisor, then the program administrators, every hour', () => {
    const first = escalate(anEscalation(), 1, directory, hours(1))!;
    expect(first).toMatchObject({ recipients: ['ada'], escalation: { step: 1, nextAt: hours(2) } });

    const second = escalate(first.escalation, 2, directory, hours(2))!;
    expect(second).toMatchObject({ recipients: ['pat'], escalation: { step: 2, nextAt: hours(3) } });

    const third = escalate(second.escalation, 3, directory, hours(3))!;
    expect(third.recipients).toEqual(['pat']);
    expect(third.escalation.told).toEqual(['maria', 'sam', 'ada', 'pat']);
  });

  it.each([0, 2, 7])('takes step %p from the first step only in its turn', (step) => {
    expect(escalate(anEscalation(), step, directory, hours(1))).toBeNull();
  });

  it('ends when a person acknowledges, and in no other way', () => {
    const done = { ...anEscalation(), acknowledgedAt: now, acknowledgedBy: 'sam' };
    expect(escalate(done, 1, directory, hours(1))).toBeNull();

    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), (steps) => {
        let open = anEscalation();
        for (let step = 1; step <= steps; step += 1) {
          const next = escalate(open, step, directory, open.nextAt)!;
          expect(next.recipients.length).toBeGreaterThan(0);
          expect(next.escalation.nextAt > open.nextAt).toBe(true);
          open = next.escalation;
        }
      }),
    );
  });
});
