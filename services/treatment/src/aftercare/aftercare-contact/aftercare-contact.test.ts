import { randomUUID } from 'node:crypto';
import { dayIn, instantAt } from '@throughline/privacy';
import fc from 'fast-check';
import type { Stay } from '../../episode/stay/stay.ts';
import { watchAttempts, type LostContact } from '../lost-contact/lost-contact.ts';
import { settleContacts, type AftercareContact, type ContactRecord, type Talk } from './aftercare-contact.ts';
import { windowsAfter } from './steps.ts';

const timeZone = 'America/New_York';
const clientId = randomUUID();
const local = (day: string, time = '12:00') => instantAt(day, time, timeZone);
const aStay = (from: Date, to: Date | null, changes: Partial<Stay> = {}): Stay => ({
  ...{ id: randomUUID(), episodeId: randomUUID(), clientId, setting: 'RESIDENTIAL_SUD', levelOfCare: null },
  ...{ asamEdition: null, facilityName: null, reasons: ['SUBSTANCE_USE'], planned: false, startedAt: from },
  ...{ endedAt: to, dischargeType: to && 'OTHER', endReason: to && 'CLIENT_DECISION', toHospice: false },
  ...{ withoutPlanReason: null, dischargeRecordedAt: to, readmissionOfId: null, version: 1, ...changes },
});
const talk = (at: Date, reached = true): Talk => ({ id: randomUUID(), at, reached });
/** A Friday evening, nine days before the clocks change. */
const friday = local('2026-10-23', '23:30');
const discharge = aStay(local('2026-10-01'), friday);
const settle = (
  record: Partial<ContactRecord>,
  now: Date,
  known: AftercareContact[] = [],
  zone = timeZone,
) => {
  const whole = { stays: [discharge], ends: [], talks: [], diedAt: null, lostSince: null, ...record };
  const { moves, facts } = settleContacts(clientId, whole, known, { now, timeZone: zone });
  const moved = new Map(moves.map(({ to }) => [to.id, to]));
  const fresh = moves.flatMap(({ from, to }) => (from ? [] : [to]));
  return {
    contacts: [...known.map((one) => moved.get(one.id) ?? one), ...fresh],
    facts: facts.map(({ type }) => type),
  };
};
const told = (all: readonly AftercareContact[]) =>
  Object.fromEntries(all.map(({ step, status }) => [step, status]));

describe('the contacts after a discharge', () => {
  it('follow a conversation whose time was corrected, and change nothing without news', () => {
    const first = talk(local('2026-10-24', '08:00'));
    const met = settle({ talks: [first] }, local('2026-10-24', '09:00')).contacts;
    const at = local('2026-10-24', '07:30');
    const { contacts, facts } = settle({ talks: [{ ...first, at }] }, local('2026-10-24', '10:00'), met);
    expect(contacts[0]).toMatchObject({ status: 'MET', metAt: at, version: 2 });
    expect(facts).toEqual([]);
    expect(settle({ talks: [{ ...first, at }] }, local('2026-10-24', '10:30'), contacts).contacts).toEqual(
      contacts,
    );
  });

  it('are due after 24 and 72 hours by the clock, then by days of the program, monthly until day 180', () => {
    const { contacts } = settle({}, friday);
    expect(contacts.map(({ step, dueOn }) => `${step} ${dueOn}`)).toEqual([
      ...['HOURS_24 2026-10-24', 'HOURS_72 2026-10-26', 'DAYS_7 2026-10-30', 'DAYS_14 2026-11-06'],
      ...['DAYS_30 2026-11-22', 'DAYS_60 2026-12-22', 'DAYS_90 2027-01-21', 'DAYS_120 2027-02-20'],
      ...['DAYS_150 2027-03-22', 'DAYS_180 2027-04-21'],
    ]);
    expect(contacts[0]?.dueAt).toEqual(local('2026-10-24', '23:30'));
    // The clocks went back on 1 November: day 14 has the same midnight on the wall.
    expect(contacts[3]?.dueAt).toEqual(local('2026-11-07', '00:00'));
    expect(contacts[3]?.remindAt).toEqual(local('2026-11-06', '09:00'));
  });

  it.each([
    ['before the discharge', local('2026-10-23', '23:00'), true, ['MISSED', 'MISSED']],
    ['in the first hours', local('2026-10-24', '08:00'), true, ['MET', 'MISSED']],
    ['at 24 hours', local('2026-10-24', '23:30'), true, ['MET', 'MISSED']],
    ['at 25 hours', local('2026-10-25', '00:30'), true, ['MISSED', 'MET']],
    ['that reached nobody', local('2026-10-24', '08:00'), false, ['MISSED', 'MISSED']],
  ])('are met by a conversation in their own time: one %s', (_when, at, reached, [first, second]) => {
    const { contacts } = settle({ talks: [talk(at, reached)] }, local('2026-10-27', '12:00'));
    expect(told(contacts)).toMatchObject({ HOURS_24: first, HOURS_72: second, DAYS_7: 'PENDING' });
    expect(contacts[0]?.attempts).toBe(reached || first === 'MET' ? 0 : 1);
  });

  it('are told once before they are due, and once when they are missed', () => {
    const opened = settle({}, friday);
    expect(opened.facts).toEqual([]);
    const soon = settle({}, local('2026-10-24', '19:30'), opened.contacts);
    expect(soon.facts).toEqual(['AftercareContactDue']);
    const again = settle({}, local('2026-10-24', '20:00'), soon.contacts);
    expect(again.facts).toEqual([]);
    const late = settle({}, local('2026-10-24', '23:30'), again.contacts);
    expect(late.facts).toEqual(['AftercareContactMissed']);
  });

  it('of a discharge that is written down three weeks late are missed without an alarm, and the next one counts', () => {
    const late = aStay(local('2026-10-01'), friday, { dischargeRecordedAt: local('2026-11-13') });
    const { contacts, facts } = settle({ stays: [late] }, local('2026-11-13'));
    expect(told(contacts)).toMatchObject({ DAYS_14: 'MISSED', DAYS_30: 'PENDING' });
    expect(facts).toEqual([]);
  });

  it('move with a corrected discharge, and what is met by then stays met', () => {
    const met = talk(local('2026-10-24', '12:00'));
    const before = settle({ talks: [met] }, local('2026-10-25'));
    const corrected = { ...discharge, endedAt: local('2026-10-24', '10:00') };
    const { contacts } = settle({ stays: [corrected], talks: [met] }, local('2026-10-25'), before.contacts);
    expect(contacts[0]).toMatchObject({ id: before.contacts[0]?.id, status: 'MET', version: 2 });
    expect(contacts[0]?.dueAt).toEqual(local('2026-10-25', '10:00'));
    const tooLate = { ...discharge, endedAt: local('2026-10-24', '13:00') };
    expect(
      told(settle({ stays: [tooLate], talks: [met] }, local('2026-10-25'), contacts).contacts),
    ).toMatchObject({
      HOURS_24: 'PENDING',
    });
  });

  it('that are still to come move when the program moves to another time zone, and what is over keeps its time', () => {
    const before = settle({}, local('2026-10-31', '12:00'));
    const moved = settle({}, local('2026-10-31', '12:00'), before.contacts, 'America/Los_Angeles');
    const dueAt = (all: AftercareContact[], step: string) => all.find((one) => one.step === step)?.dueAt;
    expect(dueAt(moved.contacts, 'DAYS_7')).toEqual(dueAt(before.contacts, 'DAYS_7'));
    expect(dueAt(moved.contacts, 'DAYS_14')).toEqual(instantAt('2026-11-07', '00:00', 'America/Los_Angeles'));
  });

  it.each<[string, Partial<ContactRecord>, string]>([
    ['the client is in a bed again', { stays: [discharge, aStay(local('2026-10-28'), null)] }, 'ADMITTED'],
    ['the client has died', { diedAt: local('2026-10-28') }, 'DIED'],
    [
      'a later discharge has its own',
      {
        stays: [discharge, aStay(local('2026-10-02'), local('2026-10-28'), { setting: 'OUTPATIENT_CLINIC' })],
      },
      'DISCHARGED_AGAIN',
    ],
    ['the contact is lost', { lostSince: local('2026-10-28') }, 'LOST_CONTACT'],
  ])('stop when %s, and what was due before stays', (_why, record, stoppedFor) => {
    const own = settle(record, local('2026-10-29')).contacts.filter(
      ({ sourceId }) => sourceId === discharge.id,
    );
    expect(told(own)).toMatchObject({ HOURS_72: 'MISSED', DAYS_7: 'STOPPED', DAYS_180: 'STOPPED' });
    expect(own.at(-1)?.stoppedFor).toBe(stoppedFor);
  });

  it('are cancelled when the discharge turns out not to be one, and begin in no death', () => {
    const { contacts } = settle({}, friday);
    expect(told(settle({ stays: [] }, friday, contacts).contacts)).toMatchObject({ DAYS_7: 'CANCELLED' });
    expect(settle({ stays: [{ ...discharge, dischargeType: 'DIED' }] }, friday).contacts).toEqual([]);
  });

  it('follow each other without a gap, at any hour of any day', () => {
    const start = Date.parse('2026-01-01T00:00:00Z');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 730 * 48 }), (halfHours) => {
        const at = new Date(start + halfHours * 1_800_000);
        const windows = windowsAfter(at, timeZone).map(([, window]) => window);
        expect(windows[0]?.opensAt).toEqual(at);
        windows.forEach(({ opensAt, remindAt, dueAt, dueOn }, index) => {
          if (index > 0) expect(opensAt).toEqual(windows[index - 1]?.dueAt);
          expect(+opensAt).toBeLessThan(+dueAt);
          expect(+remindAt).toBeLessThan(+dueAt);
          expect(dayIn(timeZone, new Date(+dueAt - 1)) <= dueOn).toBe(true);
        });
      }),
    );
  });
});

describe('the question whether a contact is lost', () => {
  const now = local('2026-10-27');
  const attempts = ['24', '25', '26'].map((day) => talk(local(`2026-10-${day}`, '10:00'), false));
  const watch = (talks: Talk[], decisions: LostContact[] = []) =>
    watchAttempts({ clientId, contacts: settle({ talks }, now).contacts, decisions, talks }, now);

  it('is opened by the third attempt in a row, and not by the second', () => {
    expect(watch(attempts.slice(1)).insert).toBeNull();
    expect(watch(attempts).insert).toMatchObject({
      status: 'OPEN',
      stayId: discharge.id,
      attemptIds: attempts.map(({ id }) => id),
    });
    expect(watch([attempts[0]!, talk(local('2026-10-24', '11:00')), ...attempts.slice(1)]).insert).toBeNull();
  });

  it('is opened once, and taken back by a conversation or a correction', () => {
    const open = watch(attempts).insert!;
    expect(watch(attempts, [open])).toEqual({ insert: null, update: null, facts: [] });
    expect(watch([...attempts, talk(now)], [open]).update).toMatchObject({ status: 'WITHDRAWN', version: 2 });
    expect(watch(attempts.slice(1), [open]).update?.status).toBe('WITHDRAWN');
  });

  it('begins to count again after a decision', () => {
    const decided: LostContact = {
      ...watch(attempts).insert!,
      status: 'TRYING_ON',
      decidedAt: local('2026-10-26', '18:00'),
    };
    expect(watch(attempts, [decided]).insert).toBeNull();
    const more = [1, 2, 3].map((hour) => talk(local('2026-10-26', `2${hour}:00`), false));
    expect(watch([...attempts, ...more], [decided]).insert?.attemptIds).toEqual(more.map(({ id }) => id));
  });
});
