import { relationsTo, type Care } from '@throughline/care';
import { addDays, endOfDay, startOfDay } from '@throughline/privacy';
import fc from 'fast-check';
import { coverFault, type Cover } from './cover.ts';
import { cancelLeave, nextTurn, recordLeave, standingAt, type StaffLeave } from './leave.ts';

const open = { isOpen: true, reason: 'QUALIFIED' } as const;
const closed = { isOpen: false, reason: 'CREDENTIAL_EXPIRED' } as const;
const maria = { id: 'maria', roles: ['CASE_MANAGER'], supervisorId: 'sam' };
const sam = { id: 'sam', roles: ['SUPERVISOR'], supervisorId: 'ada' };
const intake = { id: 'ines', roles: ['INTAKE_WORKER'], supervisorId: 'sam' };
const cover = (roles: string[], more: Partial<Cover> = {}, id = 'jonah') => ({
  staff: { id, roles, supervisorId: 'sam' },
  ...{ gate: open, leaves: [], mayExplain: true, ...more },
});

describe('who stands in', () => {
  it.each([
    ['a case manager whose credential allows cases', maria, cover(['CASE_MANAGER']), null],
    [
      'a case manager whose credential expired',
      maria,
      cover(['CASE_MANAGER'], { gate: closed }),
      'CREDENTIAL_EXPIRED',
    ],
    [
      'the same, before somebody who may not read why',
      maria,
      cover(['CASE_MANAGER'], { gate: closed, mayExplain: false }),
      'UNAVAILABLE',
    ],
    ['a clinician', maria, cover(['CLINICIAN'], { gate: closed }), null],
    ['the supervisor', maria, cover(['SUPERVISOR'], { gate: closed }, 'sam'), null],
    ['another supervisor', maria, cover(['SUPERVISOR'], { gate: closed }), 'ROLE_MISSING'],
    ['a peer specialist', maria, cover(['PEER_SPECIALIST']), 'ROLE_MISSING'],
    ['a case manager for a supervisor', sam, cover(['CASE_MANAGER']), 'ROLE_MISSING'],
    ['a supervisor for a supervisor', sam, cover(['SUPERVISOR'], { gate: closed }), null],
    ['anybody for somebody who leads no cases', intake, cover(['INTAKE_WORKER'], { gate: closed }), null],
  ])('is %s', (_who, away, who, code) => {
    expect(coverFault(away, who)?.code ?? null).toBe(code);
  });

  it('is told what would open the gate, when the caller may know', () => {
    const known = { away: maria, own: [], cover: cover(['CASE_MANAGER'], { gate: closed }) };
    const draft = { staffId: 'maria', startsOn: '2026-12-01', endsOn: '2026-12-04', coverId: 'jonah' };
    const at = { now: new Date('2026-11-28T12:00:00Z'), timeZone: 'America/New_York' };
    const { message } = coverFault(maria, known.cover) ?? {};
    expect(message).toContain('must be renewed');
    expect(recordLeave(draft, 'maria', known, at)).toMatchObject({ issues: [{ path: 'coverId' }] });
  });
});

/** Absences of one person around changes of the clocks, as commands record them, some of them taken back. */
const zones = fc.constantFrom('America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'UTC');
const spans = fc.array(
  fc.record({
    start: fc.integer({ min: 0, max: 60 }),
    days: fc.integer({ min: 0, max: 12 }),
    coverId: fc.constantFrom('jonah', 'otto', null),
    takenBack: fc.boolean(),
  }),
  { maxLength: 6 },
);
const firstDay = fc.constantFrom('2026-03-01', '2026-10-01', '2027-03-20');

function recordAll(
  list: { start: number; days: number; coverId: string | null; takenBack: boolean }[],
  first: string,
  timeZone: string,
) {
  const at = { now: startOfDay(first, timeZone), timeZone };
  return list.reduce<StaffLeave[]>((own, { start, days, coverId, takenBack }) => {
    const startsOn = addDays(first, start);
    const draft = { staffId: 'maria', startsOn, endsOn: addDays(startsOn, days), coverId };
    const known = { away: maria, own, cover: coverId ? cover(['CASE_MANAGER'], {}, coverId) : null };
    const decided = recordLeave(draft, 'maria', known, at);
    if (!('insert' in decided)) return own;
    const undone = takenBack ? cancelLeave(decided.insert, at) : null;
    return [...own, undone && 'update' in undone ? undone.update : decided.insert];
  }, []);
}

const careOf = (coverId: string | null): Care => ({
  ...{
    clientId: 'c',
    caseId: 'f',
    caseOpen: true,
    caseManagerId: 'maria',
    supervisorId: 'sam',
    supervisorCoverId: null,
  },
  ...{ registeredBy: null, team: [], coverId, responders: [], queued: false },
});
const mayAct = (id: string, coverId: string | null) =>
  relationsTo({ id, roles: ['CASE_MANAGER'], agencyId: null, graph: 'STAFF' }, careOf(coverId)).includes(
    'COVER',
  );

describe('while the clock goes on', () => {
  it('who stands in may act from the first moment of the absence to the last, and at no other one', () => {
    fc.assert(
      fc.property(
        zones,
        spans,
        firstDay,
        fc.integer({ min: 0, max: 80 * 1_440 }),
        (timeZone, list, first, minutes) => {
          const leaves = recordAll(list, first, timeZone);
          const now = new Date(startOfDay(first, timeZone).getTime() + minutes * 60_000);
          const { away, coverId } = standingAt(leaves, { now, timeZone });
          const present = leaves.filter(
            (one) =>
              !one.cancelledAt &&
              startOfDay(one.startsOn, timeZone) <= now &&
              now < endOfDay(one.endsOn, timeZone),
          );
          // Nobody has two absences at once, also on the night on which the clocks change.
          expect(present.length).toBeLessThanOrEqual(1);
          expect(away).toBe(present.length === 1);
          for (const id of ['jonah', 'otto']) expect(mayAct(id, coverId)).toBe(present[0]?.coverId === id);
        },
      ),
    );
  });

  it('the timers stop at each change, so that what they wrote is true until the next one', () => {
    fc.assert(
      fc.property(zones, spans, firstDay, (timeZone, list, first) => {
        const leaves = recordAll(list, first, timeZone);
        let now: Date | null = startOfDay(first, timeZone);
        const end = startOfDay(addDays(first, 80), timeZone);
        while (now && now < end) {
          const written = standingAt(leaves, { now, timeZone });
          const turn = nextTurn(leaves, { now, timeZone });
          const justBefore = new Date((turn ?? end).getTime() - 1);
          expect(standingAt(leaves, { now: justBefore, timeZone })).toEqual(written);
          now = turn;
        }
        expect(standingAt(leaves, { now: end, timeZone })).toEqual({ away: false, coverId: null });
      }),
    );
  });
});
