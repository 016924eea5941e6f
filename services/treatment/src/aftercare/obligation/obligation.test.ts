import { randomUUID } from 'node:crypto';
import { addDays, dayIn, endOfDay, instantAt, startOfDay } from '@throughline/privacy';
import fc from 'fast-check';
import type { Episode } from '../../episode/episode/episode.ts';
import type { Stay } from '../../episode/stay/stay.ts';
import type { Visit } from '../../episode/visit/visit.ts';
import { labelOf, ruleOf, rules, type ObligationKind } from './kinds.ts';
import { settle, windowOf, type Obligation } from './obligation.ts';
import type { ClientRecord } from './triggers.ts';

const timeZone = 'America/New_York';
const clientId = randomUUID();
const local = (day: string, time = '12:00') => instantAt(day, time, timeZone);
const aStay = (from: Date, to: Date | null, changes: Partial<Stay> = {}): Stay => ({
  ...{ id: randomUUID(), episodeId: randomUUID(), clientId, setting: 'PSYCH_HOSPITAL', levelOfCare: null },
  ...{ asamEdition: null, facilityName: null, reasons: ['MENTAL_HEALTH'], planned: false, startedAt: from },
  ...{
    endedAt: to,
    dischargeType: to && 'COMPLETED',
    endReason: to && 'TREATMENT_COMPLETED',
    toHospice: false,
    withoutPlanReason: null,
  },
  ...{ dischargeRecordedAt: to, readmissionOfId: null, version: 1, ...changes },
});
const aVisit = (at: Date, changes: Partial<Visit> = {}): Visit => ({
  ...{ id: randomUUID(), clientId, setting: 'OUTPATIENT_CLINIC', reasons: ['MENTAL_HEALTH'], at },
  ...{ medication: false, recordedAt: at, recordedBy: clientId, ...changes },
});
const emergency = (at: Date, reasons: Visit['reasons']) => aVisit(at, { setting: 'EMERGENCY_DEPT', reasons });
const anEpisode = (startedAt: Date, changes: Partial<Episode> = {}): Episode => ({
  ...{
    id: randomUUID(),
    clientId,
    caseId: randomUUID(),
    kind: 'SUD',
    phase: 'ADMITTED',
    referralSource: null,
  },
  ...{
    dateOfFirstContact: null,
    dateFirstAppointmentOffered: null,
    admittedAt: null,
    startedAt,
    endedAt: null,
  },
  ...{ dischargeType: null, endReason: null, version: 1, ...changes },
});
const contact = (at: Date) => ({ id: randomUUID(), type: 'CONTACT' as const, at });
const aRecord = (changes: Partial<ClientRecord> = {}): ClientRecord => ({
  ...{ stays: [], visits: [], episodes: [], evidence: [], diedAt: null, oldestOn: () => 64, ...changes },
});
const at = (now: Date) => ({ now, timeZone });
const after = (record: Partial<ClientRecord>, now: Date, known: Obligation[] = []) =>
  settle(clientId, aRecord(record), known, at(now)).moves.map(({ to }) => to);
const told = (all: Obligation[]) => Object.fromEntries(all.map(({ kind, status }) => [kind, status]));

/** A Friday evening, local time. */
const friday = local('2026-11-20', '23:30');
const discharge = aStay(local('2026-11-10'), friday);
const later = local('2027-01-20');

describe('psychiatric hospital care', () => {
  it('that ends on Friday at 23:30 asks for a follow-up from Saturday to the next Friday', () => {
    const [seven, thirty] = after({ stays: [discharge] }, friday);
    expect(seven).toMatchObject({
      kind: 'FUH_7',
      windowOpensOn: '2026-11-21',
      dueOn: '2026-11-27',
      status: 'OPEN',
    });
    expect(seven?.dueAt).toEqual(local('2026-11-28', '00:00'));
    expect(thirty).toMatchObject({ kind: 'FUH_30', dueOn: '2026-12-20' });
  });

  it.each([
    ['on day 0', local('2026-11-20', '23:45'), 'MISSED', 'MISSED'],
    ['on day 1', local('2026-11-21', '00:00'), 'MET', 'MET'],
    ['on day 7 at 23:30', local('2026-11-27', '23:30'), 'MET', 'MET'],
    ['on day 8 at 00:30', local('2026-11-28', '00:30'), 'MISSED', 'MET'],
    ['on day 31', local('2026-12-21', '00:00'), 'MISSED', 'MISSED'],
  ])('is followed by a contact %s', (_case, when, seven, thirty) => {
    const stays = [discharge];
    const expected = { FUH_7: seven, FUH_30: thirty };
    expect(told(after({ stays, evidence: [contact(when)] }, later))).toEqual(expected);
    expect(told(after({ stays, visits: [aVisit(when)] }, later))).toEqual(expected);
  });

  it('is not followed by care for something else, nor by an emergency visit', () => {
    const when = local('2026-11-23');
    const visits = [aVisit(when, { reasons: ['OTHER'] }), emergency(when, ['OTHER'])];
    expect(told(after({ stays: [discharge], visits }, later))).toEqual({ FUH_7: 'MISSED', FUH_30: 'MISSED' });
  });

  it.each(['2026-03-05', '2026-10-29'])('has seven days also when clocks change: %s', (day) => {
    const window = windowOf({ kind: 'FUH_7', at: local(day, '23:30') }, timeZone);
    expect(window).toMatchObject({ windowOpensOn: addDays(day, 1), dueOn: addDays(day, 7) });
    expect(window.dueAt).toEqual(local(addDays(day, 8), '00:00'));
  });

  it('with a return on day 3 does not count, met or not; the second discharge counts', () => {
    const back = aStay(local('2026-11-23'), local('2026-12-02'));
    const evidence = [contact(local('2026-11-22')), contact(local('2026-12-04'))];
    const all = after({ stays: [discharge, back], evidence }, later);
    expect(all.map(({ sourceId, kind, status }) => [sourceId === back.id, kind, status])).toEqual([
      [false, 'FUH_7', 'EXCLUDED'],
      [false, 'FUH_30', 'EXCLUDED'],
      [true, 'FUH_7', 'MET'],
      [true, 'FUH_30', 'MET'],
    ]);
  });

  it.each<[string, Partial<ClientRecord>, string | null]>([
    ['who died on day 5', { diedAt: local('2026-11-25') }, 'DIED'],
    ['who goes on with hospice care', { stays: [{ ...discharge, toHospice: true }] }, 'HOSPICE'],
    [
      'with a return on day 30',
      { stays: [discharge, aStay(local('2026-12-20', '23:30'), null)] },
      'READMITTED',
    ],
    ['with a return on day 31', { stays: [discharge, aStay(local('2026-12-21', '00:30'), null)] }, null],
  ])('of a client %s', (_case, record, excludedFor) => {
    const all = after({ stays: [discharge], ...record }, later);
    expect(all.find(({ kind }) => kind === 'FUH_7')?.excludedFor).toBe(excludedFor);
  });

  it('that is written down three weeks late: seven days are missed at once, thirty are open', () => {
    const recorded = local('2026-12-11');
    const stays = [{ ...discharge, dischargeRecordedAt: recorded }];
    const { moves, facts } = settle(clientId, aRecord({ stays }), [], at(recorded));
    expect(told(moves.map(({ to }) => to))).toEqual({ FUH_7: 'MISSED', FUH_30: 'OPEN' });
    expect(facts.map(({ type }) => type)).toEqual([
      'ObligationOpened',
      'ObligationMissed',
      'ObligationOpened',
    ]);
  });

  it('whose end was corrected moves, and a missed one can be met', () => {
    const visits = [aVisit(local('2026-11-29'))];
    const known = after({ stays: [discharge], visits }, later);
    expect(told(known)).toEqual({ FUH_7: 'MISSED', FUH_30: 'MET' });
    const moved = { ...discharge, endedAt: local('2026-11-23') };
    const changed = after({ stays: [moved], visits }, later, known);
    expect(changed).toMatchObject([
      { id: known[0]?.id, kind: 'FUH_7', dueOn: '2026-11-30', status: 'MET', version: 2 },
      { id: known[1]?.id, kind: 'FUH_30', dueOn: '2026-12-23', version: 2 },
    ]);
    expect(told(after({}, later, known))).toEqual({ FUH_7: 'CANCELLED', FUH_30: 'CANCELLED' });
  });

  it.each(['America/Los_Angeles', 'Asia/Tokyo'])(
    'that is over keeps its window when the program moves to %s, and what is open moves',
    (elsewhere) => {
      const stays = [discharge];
      const then = (known: Obligation[], record: Partial<ClientRecord>, now: Date, zone = elsewhere) =>
        settle(clientId, aRecord({ stays, ...record }), known, { now, timeZone: zone }).moves.map(
          ({ to }) => to,
        );
      const now = local('2026-11-28', '00:30');
      const known = after({ stays }, now);
      expect(told(known)).toEqual({ FUH_7: 'MISSED', FUH_30: 'OPEN' });
      expect(then(known, {}, now)).toMatchObject([{ kind: 'FUH_30', status: 'OPEN' }]);

      const visits = [aVisit(local('2026-11-21', '00:30')), aVisit(local('2026-11-27', '23:30'))];
      for (const visit of visits) {
        const met = after({ stays, visits: [visit] }, now);
        expect(told(met)).toEqual({ FUH_7: 'MET', FUH_30: 'MET' });
        expect(then(met, { visits: [visit] }, now)).toEqual([]);
        expect(told(then(met, {}, now))).toEqual({ FUH_7: 'MISSED', FUH_30: 'OPEN' });
      }
    },
  );

  it('of a child under 6 asks for nothing', () => {
    expect(after({ stays: [discharge], oldestOn: () => 5 }, friday)).toEqual([]);
  });
});

describe('an emergency visit', () => {
  const visit = emergency(friday, ['MENTAL_HEALTH', 'OVERDOSE']);

  it('asks for a follow-up from the same day on: seven days are eight', () => {
    const all = after({ visits: [visit] }, friday);
    expect(all.map(({ kind, windowOpensOn, dueOn }) => `${kind} ${windowOpensOn} ${dueOn}`)).toEqual([
      'FUM_7 2026-11-20 2026-11-27',
      'FUM_30 2026-11-20 2026-12-20',
      'FUA_7 2026-11-20 2026-11-27',
      'FUA_30 2026-11-20 2026-12-20',
    ]);
    const same = contact(local('2026-11-20', '23:45'));
    expect(told(after({ visits: [visit], evidence: [same] }, later))).toMatchObject({
      FUM_7: 'MET',
      FUA_7: 'MET',
    });
  });

  it('is not followed by what came before it', () => {
    const before = contact(local('2026-11-20', '10:00'));
    expect(told(after({ visits: [visit], evidence: [before] }, later))).toMatchObject({ FUM_30: 'MISSED' });
  });

  it('for substance use is followed by medication, too', () => {
    const visits = [visit, aVisit(local('2026-11-22'), { reasons: ['OTHER'], medication: true })];
    expect(told(after({ visits }, later))).toMatchObject({ FUM_7: 'MISSED', FUA_7: 'MET' });
  });

  it('counts once in 31 days, and not when it leads to a bed', () => {
    const again = [
      emergency(local('2026-12-20'), ['SELF_HARM']),
      emergency(local('2026-12-21'), ['SELF_HARM']),
    ];
    const sources = after({ visits: [emergency(friday, ['SELF_HARM']), ...again] }, later).map(
      (one) => one.sourceId,
    );
    expect(new Set(sources).size).toBe(2);
    const stays = [aStay(local('2026-11-21'), null, { setting: 'HOSPITAL', reasons: ['OTHER'] })];
    expect(told(after({ visits: [visit], stays }, later))).toMatchObject({
      FUM_7: 'EXCLUDED',
      FUA_30: 'EXCLUDED',
    });
  });
});

describe('a new episode of substance use', () => {
  const episode = anEpisode(friday);
  const treat = (day: string) => aVisit(local(day), { reasons: ['SUBSTANCE_USE'] });

  it('has 14 days for the first service, then 34 days for two more', () => {
    const [first] = after({ episodes: [episode] }, friday);
    expect(first).toMatchObject({ kind: 'IET_INITIATION', windowOpensOn: '2026-11-20', dueOn: '2026-12-03' });
    const visits = ['2026-12-03', '2026-12-03', '2027-01-06'].map(treat);
    const [, engaged] = after({ episodes: [episode], visits }, later);
    expect(engaged).toMatchObject({
      kind: 'IET_ENGAGEMENT',
      windowOpensOn: '2026-12-04',
      dueOn: '2027-01-06',
    });
    expect([engaged?.status, engaged?.satisfiedBy.length, engaged?.required]).toEqual(['MISSED', 1, 2]);
    const met = after({ episodes: [episode], visits: [...visits, treat('2026-12-20')] }, later);
    expect(told(met)).toEqual({ IET_INITIATION: 'MET', IET_ENGAGEMENT: 'MET' });
  });

  it.each([
    ['within 194 days of another one', [anEpisode(local('2026-01-01'), { endedAt: local('2026-06-01') })], 0],
    ['long after another one', [anEpisode(local('2026-01-01'), { endedAt: local('2026-05-01') })], 1],
    ['together with one of mental health', [anEpisode(local('2026-01-01'), { kind: 'MH' })], 1],
  ])('%s', (_case, others, count) => {
    const all = after({ episodes: [episode, ...others] }, friday).filter(
      ({ sourceId }) => sourceId === episode.id,
    );
    expect(all).toHaveLength(count);
  });

  it('is not initiated by a telephone call, but by an admission', () => {
    const evidence = [contact(local('2026-11-21'))];
    expect(told(after({ episodes: [episode], evidence }, later))).toEqual({ IET_INITIATION: 'MISSED' });
    const stays = [aStay(friday, null, { setting: 'DETOX', reasons: ['SUBSTANCE_USE'] })];
    expect(told(after({ episodes: [episode], stays }, later))).toMatchObject({ IET_INITIATION: 'MET' });
  });
});

it.each<[string, Partial<Stay>, ObligationKind, { inTime: Date; late: Date }]>([
  [
    'release from custody',
    { setting: 'CORRECTIONAL_FACILITY' },
    'RELEASE_7',
    { inTime: local('2026-11-27', '23:30'), late: local('2026-11-28', '00:30') },
  ],
  [
    'leaving against advice',
    { setting: 'DETOX', dischargeType: 'LEFT_AGAINST_ADVICE' },
    'AGAINST_ADVICE_24H',
    { inTime: local('2026-11-21', '23:29'), late: local('2026-11-21', '23:30') },
  ],
])('%s has its own time', (_case, changes, kind, { inTime, late }) => {
  const stays = [aStay(local('2026-11-01'), friday, { reasons: ['OTHER'], ...changes })];
  expect(told(after({ stays, evidence: [contact(inTime)] }, later))).toEqual({ [kind]: 'MET' });
  expect(told(after({ stays, evidence: [contact(late)] }, later))).toEqual({ [kind]: 'MISSED' });
});

it('computed again, nothing changes; at every moment each obligation has one status that its window allows', () => {
  const days = fc.integer({ min: 0, max: 60 }).map((count) => addDays('2026-10-15', count));
  const moments = fc
    .tuple(days, fc.constantFrom('00:30', '12:00', '23:30'))
    .map(([day, time]) => local(day, time));
  const many = <T>(of: (when: Date) => T) => fc.array(moments.map(of), { maxLength: 4 });
  const records = fc.record({
    stays: many((when) => aStay(new Date(when.getTime() - 3_600_000), when)),
    visits: many((when) => emergency(when, ['MENTAL_HEALTH'])),
    evidence: many(contact),
    episodes: many((when) => anEpisode(when)),
  });
  fc.assert(
    fc.property(records, moments, (record, now) => {
      const all = after(record, now);
      expect(after(record, now, all)).toEqual([]);
      for (const { kind, status, dueOn, dueAt, windowOpensOn, triggeredAt, satisfiedBy, required } of all) {
        const rule = ruleOf(kind);
        const day = dayIn(timeZone, triggeredAt);
        if ('days' in rule.within) {
          expect([windowOpensOn, dueOn]).toEqual([
            addDays(day, rule.opensAfter),
            addDays(day, rule.within.days),
          ]);
          expect(dueAt).toEqual(endOfDay(dueOn, timeZone));
        }
        const isInside = ({ at: when }: { at: string }) =>
          new Date(when) < dueAt && new Date(when) >= startOfDay(windowOpensOn, timeZone);
        expect(satisfiedBy.every(isInside)).toBe(true);
        if (status === 'OPEN') expect([dueAt > now, satisfiedBy.length < required]).toEqual([true, true]);
        if (status === 'MET') expect(satisfiedBy).toHaveLength(required);
        if (status === 'MISSED') expect(dueAt <= now).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
});

it('is never called a HEDIS rate', () => {
  for (const kind of Object.keys(rules) as ObligationKind[])
    expect(labelOf(kind)).not.toMatch(/^HEDIS|rate$/);
  expect(labelOf('FUH_7')).toBe('FUH-aligned indicator (not an NCQA-certified HEDIS rate)');
});
