import { randomUUID } from 'node:crypto';
import { isProblem } from '@throughline/graphql/problems';
import type { Episode } from '../episode/episode.ts';
import { isLevel } from '../../assessment/level-of-care/edition.ts';
import {
  admitStay,
  correctDischarge,
  dischargeStay,
  readmissionOf,
  type Stay,
  type StayDraft,
} from './stay.ts';

const timeZone = 'America/New_York';
const now = new Date('2026-11-27T15:00:00Z');
const clientId = randomUUID();
const episode: Episode = {
  ...{ id: randomUUID(), clientId, caseId: randomUUID(), kind: 'SUD', phase: 'ENGAGEMENT' },
  ...{ referralSource: null, dateOfFirstContact: '2026-06-01', dateFirstAppointmentOffered: null },
  ...{ admittedAt: null, startedAt: now, endedAt: null, dischargeType: null, endReason: null, version: 1 },
};
const aStay = (changes: Partial<Stay> = {}): Stay => ({
  ...{ id: randomUUID(), episodeId: episode.id, clientId, setting: 'PSYCH_HOSPITAL', levelOfCare: null },
  ...{ asamEdition: null, facilityName: null, reasons: ['MENTAL_HEALTH'], planned: false },
  ...{ startedAt: new Date('2026-11-01T15:00:00Z'), endedAt: null, dischargeType: null, endReason: null },
  ...{
    toHospice: false,
    withoutPlanReason: null,
    dischargeRecordedAt: null,
    readmissionOfId: null,
    version: 1,
    ...changes,
  },
});
const discharged = (endedAt: string, changes: Partial<Stay> = {}) =>
  aStay({
    endedAt: new Date(endedAt),
    dischargeType: 'COMPLETED',
    endReason: 'TREATMENT_COMPLETED',
    ...changes,
  });
const draft: StayDraft = { setting: 'RESIDENTIAL_SUD', reasons: ['SUBSTANCE_USE'], planned: true };
const codesOf = (answer: object) =>
  'issues' in answer
    ? (answer.issues as { path: string; code: string }[]).map(({ path, code }) => `${path} ${code}`)
    : [];
const admit = (more: Partial<StayDraft>, stays: Stay[] = [], of = episode) =>
  admitStay(of, { ...draft, ...more }, stays, { now, timeZone });

describe('an admission', () => {
  it('brings the episode into treatment, and a stay in aftercare brings it back', () => {
    expect(admit({})).toMatchObject({ update: { phase: 'ADMITTED', admittedAt: now } });
    const former = { ...episode, phase: 'MONITORING' as const, admittedAt: new Date(0) };
    expect(admit({}, [], former)).toMatchObject({ update: { phase: 'ACTIVE', admittedAt: new Date(0) } });
    expect(admit({}, [], { ...episode, phase: 'ACTIVE' })).not.toHaveProperty('update');
  });

  it('ends an open stay at the same moment: the treatment goes on', () => {
    const open = aStay();
    expect(admit({}, [open])).toMatchObject({ ends: { id: open.id, endedAt: now, dischargeType: null } });
    expect(admit({}, [aStay({ episodeId: randomUUID() })])).toMatchObject({ ends: null });
  });

  it.each<[string, Partial<StayDraft>, Stay[], string[]]>([
    ['in the future', { at: new Date('2026-11-28T00:00:00Z') }, [], ['at IN_FUTURE']],
    ['before the first contact', { at: new Date('2026-06-01T03:59:00Z') }, [], ['at BEFORE_START']],
    [
      'inside another stay',
      { at: new Date('2026-11-10T00:00:00Z') },
      [discharged('2026-11-11T00:00:00Z')],
      ['at OVERLAPS'],
    ],
    ['31 days after the last stay', {}, [discharged('2026-10-27T12:00:00Z')], ['at AFTER_GAP']],
    ['with a level of another edition', { levelOfCare: '3.3', asamEdition: 4 }, [], ['levelOfCare UNKNOWN']],
    ['with an edition and no level', { asamEdition: 3 }, [], ['levelOfCare REQUIRED']],
  ])('%s is refused', (_case, more, stays, expected) => {
    const before = stays.map((stay) => ({ ...stay, startedAt: new Date('2026-10-01T00:00:00Z') }));
    expect(codesOf(admit(more, before))).toEqual(expected);
  });

  it('30 days after the last stay is the same treatment, counted in days of the program', () => {
    const last = aStay({ startedAt: new Date('2026-10-01T00:00:00Z') });
    const ended = {
      ...last,
      endedAt: new Date('2026-10-29T03:30:00Z'),
      dischargeType: 'OTHER',
      endReason: 'MOVED',
    };
    expect(isProblem(admit({}, [ended]))).toBe(false);
  });

  it('is not possible in an episode that has ended', () => {
    expect(admit({}, [], { ...episode, phase: 'ENDED' })).toMatchObject({ kind: 'InvalidTransition' });
  });

  it('knows the levels of each edition', () => {
    expect([isLevel('3.3', 3), isLevel('3.3', null), isLevel('1.7', null), isLevel('9', 9)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });
});

describe('a readmission', () => {
  const former = discharged('2026-10-28T12:00:00Z');
  const again = { setting: 'HOSPITAL', planned: false, startedAt: now };
  it.each([
    ['on day 30', again, [former], former.id],
    ['on day 31', again, [discharged('2026-10-27T12:00:00Z')], null],
    ['planned', { ...again, planned: true }, [former], null],
    ['without a bed', { ...again, setting: 'OUTPATIENT_CLINIC' }, [former], null],
    [
      'after outpatient care',
      again,
      [discharged('2026-11-20T12:00:00Z', { setting: 'OUTPATIENT_CLINIC' })],
      null,
    ],
    ['after a change of level', again, [aStay({ endedAt: new Date('2026-11-20T12:00:00Z') })], null],
    ['after two: the last one', again, [discharged('2026-11-02T00:00:00Z'), former], 'first'],
  ])('%s', (_case, stay, stays, expected) => {
    const id = readmissionOf(stay, [...stays], timeZone)?.id ?? null;
    expect(id).toBe(expected === 'first' ? stays[0]?.id : expected);
  });
});

describe('a discharge', () => {
  const how = { dischargeType: 'COMPLETED', endReason: 'TREATMENT_COMPLETED' };
  it.each([
    ['before the admission', { ...how, at: new Date('2026-10-31T15:00:00Z') }, ['at BEFORE_ADMISSION']],
    ['in the future', { ...how, at: new Date('2026-11-27T15:00:01Z') }, ['at IN_FUTURE']],
    ['with a reason that contradicts', { ...how, endReason: 'DIED' }, ['endReason CONTRADICTION']],
  ])('%s is refused', (_case, discharge, expected) => {
    expect(codesOf(dischargeStay(aStay(), discharge, { hasPlan: true, isTakenOver: true, now }))).toEqual(
      expected,
    );
  });

  it('can be written down three weeks late, and says so', () => {
    const at = new Date('2026-11-06T20:00:00Z');
    const update = { endedAt: at, dischargeRecordedAt: now };
    expect(dischargeStay(aStay(), { ...how, at }, { hasPlan: true, isTakenOver: true, now })).toMatchObject({
      update,
    });
  });

  it.each([
    ['COMPLETED', 'TREATMENT_COMPLETED'],
    ['TRANSFERRED', 'TRANSFERRED'],
  ])('as %s needs a plan for the time after, or a reason', (dischargeType, endReason) => {
    const leave = { dischargeType, endReason };
    const without = { hasPlan: false, isTakenOver: true, now };
    const refused = ['withoutPlanReason AFTERCARE_PLAN_MISSING'];
    expect(codesOf(dischargeStay(aStay(), leave, without))).toEqual(refused);
    expect(codesOf(dischargeStay(aStay(), { ...leave, withoutPlanReason: ' ' }, without))).toEqual(refused);
    const reasoned = dischargeStay(aStay(), { ...leave, withoutPlanReason: 'Left at night.' }, without);
    expect(reasoned).toMatchObject({ update: { withoutPlanReason: 'Left at night.' } });
    const kept = dischargeStay(aStay(), leave, { hasPlan: true, isTakenOver: true, now });
    expect(kept).toMatchObject({ update: { withoutPlanReason: null } });
  });

  it('as TRANSFERRED waits until the receiver has confirmed', () => {
    const leave = { dischargeType: 'TRANSFERRED', endReason: 'TRANSFERRED' };
    const alone = { hasPlan: true, isTakenOver: false, now };
    expect(codesOf(dischargeStay(aStay(), leave, alone))).toEqual(['dischargeType RECEIVER_NOT_CONFIRMED']);
    expect(codesOf(dischargeStay(aStay(), how, alone))).toEqual([]);
  });

  it('is corrected with a reason, and the time of before is kept', () => {
    const stay = discharged('2026-11-20T12:00:00Z');
    const at = new Date('2026-11-19T12:00:00Z');
    const by = { by: randomUUID(), now };
    const corrected = correctDischarge({ stay, later: [] }, { at, reason: 'Wrong day' }, by);
    expect(corrected).toMatchObject({ update: { endedAt: at }, correction: { from: stay.endedAt, to: at } });
    const later = [aStay({ startedAt: new Date('2026-11-21T00:00:00Z') })];
    const late = { at: new Date('2026-11-22T00:00:00Z'), reason: ' ' };
    expect(codesOf(correctDischarge({ stay, later }, late, by))).toEqual(['at OVERLAPS', 'reason REQUIRED']);
    expect(correctDischarge({ stay: aStay(), later: [] }, { at, reason: 'x' }, by)).toMatchObject({
      kind: 'InvalidTransition',
    });
  });
});
