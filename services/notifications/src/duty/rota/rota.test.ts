import fc from 'fast-check';
import { directoryOf, type Staff } from '../../inbox/staff/staff.ts';
import { holesIn, onCallAt, type OnCallPlan } from './on-call-now.ts';
import { changeRota, endRota, rotaFaults, startRota, turnAt, type OnCallRota } from './rota.ts';

const timeZone = 'America/New_York';
const now = new Date('2026-11-30T15:00:00Z');
const clinician = (id: string, more: Partial<Staff> = {}): Staff => ({
  ...{
    id,
    supervisorId: null,
    roles: ['CLINICIAN'],
    timeZone: null,
    active: true,
    away: false,
    coverId: null,
  },
  ...more,
});
const rota: OnCallRota = {
  ...{ id: 'r', name: 'Evenings', startsOn: '2026-10-26', handOverAt: '08:00', turnDays: 7, timeZone },
  ...{ staffIds: ['lena', 'omar'], endedAt: null, plannedBy: 'sam', version: 1 },
};
const plan: OnCallPlan = { planned: [], rotas: [rota] };
const at = (text: string) => new Date(text);
const whoIs = (when: string, staff: Staff[], of: OnCallPlan = plan) =>
  onCallAt(of, directoryOf(staff), at(when)).map(({ staffId }) => staffId);
const both = [clinician('lena'), clinician('omar')];

describe('a rota', () => {
  it('hands over at its time on the clocks of the program', () => {
    expect(whoIs('2026-11-02T12:59:59Z', both)).toEqual(['lena']);
    expect(whoIs('2026-11-02T13:00:00Z', both)).toEqual(['omar']);
    expect(whoIs('2026-10-26T11:59:59Z', both)).toEqual([]);
  });

  it('is an hour longer over the end of summer time, and has no hole at any change of the clocks', () => {
    const turn = turnAt(rota, at('2026-10-30T12:00:00Z'))!;
    expect((turn.until.getTime() - turn.from.getTime()) / 3_600_000).toBe(7 * 24 + 1);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 400 * 24 * 60 }),
        fc.constantFrom('00:00', '01:30', '02:30', '08:00'),
        fc.integer({ min: 1, max: 28 }),
        (minutes, handOverAt, turnDays) => {
          const moment = new Date(at('2026-10-27T12:00:00Z').getTime() + minutes * 60_000);
          const one = { ...rota, handOverAt, turnDays };
          const found = turnAt(one, moment)!;
          expect(found.from <= moment && moment < found.until).toBe(true);
          expect(turnAt(one, found.until)!.from).toEqual(found.until);
        },
      ),
    );
  });

  it('calls the cover of who is away, then the next person, and nobody when everybody is away', () => {
    const when = '2026-10-27T12:00:00Z';
    const ana = clinician('ana');
    const lena = clinician('lena', { away: true, coverId: 'ana' });
    expect(whoIs(when, [lena, clinician('omar'), ana])).toEqual(['ana']);
    expect(whoIs(when, [lena, clinician('omar'), { ...ana, away: true, coverId: 'lena' }])).toEqual(['omar']);
    expect(whoIs(when, [lena, clinician('omar'), { ...ana, roles: ['CASE_MANAGER'] }])).toEqual(['omar']);
    expect(whoIs(when, [lena, clinician('omar', { away: true })])).toEqual([]);
  });

  it('gives way to a planned time, and calls both people of two', () => {
    const planned = ['omar', 'lena'].map((staffId) => ({
      ...{ id: staffId, staffId, plannedBy: 'sam', from: at('2026-10-27T00:00:00Z') },
      until: at('2026-10-28T00:00:00Z'),
    }));
    expect(whoIs('2026-10-27T12:00:00Z', both, { ...plan, planned: planned.slice(0, 1) })).toEqual(['omar']);
    expect(whoIs('2026-10-27T12:00:00Z', both, { ...plan, planned })).toEqual(['omar', 'lena']);
    expect(whoIs('2026-10-28T00:00:00Z', both, { ...plan, planned })).toEqual(['lena']);
  });

  it('has holes before its beginning, after its end, and between planned times', () => {
    const until = at('2026-12-28T15:00:00Z');
    const directory = directoryOf(both);
    expect(holesIn(plan, directory, { from: now, until })).toEqual([]);
    expect(holesIn({ planned: [], rotas: [] }, directory, { from: now, until })).toEqual([
      { from: now, until },
    ]);
    const later = { ...rota, startsOn: '2026-12-10', endedAt: at('2026-12-20T00:00:00Z') };
    expect(holesIn({ planned: [], rotas: [later] }, directory, { from: now, until })).toEqual([
      { from: now, until: at('2026-12-10T13:00:00Z') },
      { from: at('2026-12-20T00:00:00Z'), until },
    ]);
  });

  it.each<[string, Partial<Staff>, boolean]>([
    ['on leave', { away: true }, false],
    ['gone', { active: false }, true],
    ['no clinician any more', { roles: ['CASE_MANAGER'] }, true],
  ])('has a hole where all of its people are %s: %j %s', (_what, more, isHole) => {
    const time = { from: now, until: at('2026-12-28T15:00:00Z') };
    const planned = { id: 'p', staffId: 'lena', plannedBy: 'sam', ...time };
    const ids = ['lena', 'omar'];
    const known = directoryOf(ids.map((id) => clinician(id, more)));
    for (const one of [plan, { planned: [planned], rotas: [] }])
      expect(holesIn(one, known, time)).toEqual(isHole ? [time] : []);
    expect(holesIn(plan, directoryOf([clinician('lena', more), clinician('omar')]), time)).toEqual([]);
  });
});

describe('who plans it', () => {
  const draft = { ...rota, staffIds: ['lena'] };
  const by = { id: 'sam', now, timeZone };
  it.each([
    [{ staff: [], open: 0 }, [{ path: 'staffIds.0', code: 'UNKNOWN' }]],
    [{ staff: [clinician('lena', { active: false })], open: 0 }, [{ code: 'UNKNOWN' }]],
    [{ staff: [clinician('lena', { roles: ['CASE_MANAGER'] })], open: 0 }, [{ code: 'NOT_A_CLINICIAN' }]],
    [{ staff: both, open: 10 }, [{ path: 'name', code: 'TOO_MANY' }]],
  ])('hears of people who cannot take a turn (%#)', (known, issues) => {
    expect(startRota(draft, known, by)).toMatchObject({ issues });
  });

  it('hears all faults of the form at once', () => {
    const codes = rotaFaults({ name: ' ', handOverAt: '8:00', staffIds: [] }).map(({ code }) => code);
    expect(codes).toEqual(['EMPTY', 'NOT_A_TIME', 'EMPTY']);
  });

  it('changes and ends a rota that runs, and no other', () => {
    expect(changeRota(rota, ['omar'], { staff: both })).toMatchObject({ update: { staffIds: ['omar'] } });
    const ended = { ...rota, endedAt: now };
    expect(endRota(rota, now)).toEqual({ update: ended });
    for (const decided of [changeRota(ended, ['omar'], { staff: both }), endRota(ended, now)])
      expect(decided).toMatchObject({ kind: 'InvalidTransition', from: 'ENDED' });
  });
});
