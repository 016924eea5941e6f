import { isProblem } from '@throughline/graphql/problems';
import type { Cover } from './cover.ts';
import { cancelLeave, nextTurn, recordLeave, standingAt, type StaffLeave } from './leave.ts';

const timeZone = 'America/New_York';
/** 23:30 on 27 November in New York; it is the 28th in UTC already. */
const at = { now: new Date('2026-11-28T04:30:00Z'), timeZone };
const draft = { staffId: 'maria', startsOn: '2026-11-26', endsOn: '2026-11-27', coverId: 'jonah' };
const leave: StaffLeave = {
  ...draft,
  ...{ id: 'l', recordedAt: at.now, recordedBy: 'maria', cancelledAt: null, version: 1 },
};
const away = { id: 'maria', roles: ['CASE_MANAGER'], supervisorId: 'sam' };
const jonah: Cover = {
  staff: { id: 'jonah', roles: ['CASE_MANAGER'], supervisorId: 'sam' },
  ...{ gate: { isOpen: true, reason: 'QUALIFIED' }, mayExplain: true },
};
const faults = (change: object, own: StaffLeave[] = [], cover: StaffLeave[] | null = []) => {
  const known = { away, own, cover: cover && { ...jonah, leaves: cover } };
  const decision = recordLeave({ ...draft, ...change }, 'maria', known, at) as { issues?: object[] };
  return decision.issues ?? [];
};

describe('an absence', () => {
  it('may have begun yesterday, and counts to the end of its last day in the zone of the program', () => {
    expect(faults({})).toEqual([]);
    expect(standingAt([leave], at)).toEqual({ away: true, coverId: 'jonah' });
    const later = { now: new Date('2026-11-28T05:00:00Z'), timeZone };
    expect(standingAt([leave], later)).toEqual({ away: false, coverId: null });
  });

  it.each([
    ['ends before it begins', { startsOn: '2026-12-02', endsOn: '2026-12-01' }, 'endsOn'],
    ['is over', { startsOn: '2026-11-20', endsOn: '2026-11-26' }, 'endsOn'],
    ['is covered by the person', { coverId: 'maria' }, 'coverId'],
  ])('is refused when it %s', (_why, change, path) => {
    expect(faults(change)).toMatchObject([{ path }]);
  });

  it('meets no other one of the person, and none of who stands in', () => {
    expect(faults({ startsOn: '2026-11-27', endsOn: '2026-12-05' }, [leave])).toMatchObject([
      { code: 'DUPLICATE' },
    ]);
    expect(faults({ startsOn: '2026-11-28', endsOn: '2026-12-05' }, [leave])).toEqual([]);
    expect(faults({}, [], [leave])).toMatchObject([{ code: 'UNAVAILABLE' }]);
    expect(faults({}, [], null)).toMatchObject([{ code: 'UNKNOWN' }]);
    expect(faults({}, [{ ...leave, cancelledAt: at.now }])).toEqual([]);
  });

  it('turns at midnight of the program, also on the day when the clocks change', () => {
    const spring = { ...leave, startsOn: '2027-03-14', endsOn: '2027-03-14' };
    expect(nextTurn([spring], at)?.toISOString()).toBe('2027-03-14T05:00:00.000Z');
    const inside = { now: new Date('2027-03-14T12:00:00Z'), timeZone };
    expect(nextTurn([spring], inside)?.toISOString()).toBe('2027-03-15T04:00:00.000Z');
    expect(nextTurn([spring], { now: new Date('2027-03-15T04:00:00Z'), timeZone })).toBeNull();
  });

  it('is taken back while it lasts, once', () => {
    expect(isProblem(cancelLeave(leave, at))).toBe(false);
    expect(isProblem(cancelLeave({ ...leave, cancelledAt: at.now }, at))).toBe(true);
    expect(isProblem(cancelLeave(leave, { now: new Date('2026-11-29T12:00:00Z'), timeZone }))).toBe(true);
  });
});
