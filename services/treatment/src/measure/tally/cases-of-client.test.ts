import fc from 'fast-check';
import { referralFacts } from '@throughline/events';
import { settle, type Obligation } from '../../aftercare/obligation/obligation.ts';
import type { Stay } from '../../episode/stay/stay.ts';
import type { Visit } from '../../episode/visit/visit.ts';
import { emptyHistory, type History } from '../history/history.ts';
import type { Told } from '../history/told.ts';
import { casesOfClient } from './cases-of-client.ts';
import type { MeasureCase } from './measure-case.ts';

const timeZone = 'America/New_York';
const clientId = '0199a000-0000-7000-8000-00000000c001';
const fact = (type: string, at: string, more: Partial<Told> = {}): Told => ({
  ...{ id: `${type} ${at} ${more.subjectId ?? ''}`, ownerId: clientId, type, at: new Date(at), sequence: 1 },
  ...{ subjectId: null, groupId: null, staffId: null, code: null, toldAt: null, yes: null, ...more },
});
const history = (more: Partial<History>): History => ({ clientId, timeZone, ...emptyHistory, ...more });
const of = (all: readonly MeasureCase[], measure: string) => all.filter((row) => row.measure === measure);

describe('the worked example of a closed loop: declined, expired, completed', () => {
  const due: Record<string, string> = { r1: '01-07', r2: '01-09', r3: '02-12' };
  const step = (id: string, type: string, day: string, yes = false): Told =>
    fact(type, `2026-${day}T15:00:00Z`, {
      ...{ subjectId: id, groupId: 'q', yes, toldAt: new Date(`2026-${due[id] ?? ''}T15:00:00Z`) },
    });
  const told = [
    ...[step('r1', 'ReferralSent', '01-05'), step('r1', 'ReferralDeclined', '01-06')],
    ...[step('r2', 'ReferralSent', '01-07'), step('r2', 'ReferralExpired', '02-07')],
    ...[step('r3', 'ReferralSent', '02-08'), step('r3', 'ReferralAccepted', '02-09')],
    step('r3', 'ReferralCompleted', '02-20', true),
  ];
  const rows = casesOfClient(history({ told }));
  it.each([
    ['REFERRAL_RESPONSE', 2, 3],
    ['REFERRAL_ACCEPTANCE', 1, 2],
    ['NEED_RESOLVED', 1, 1],
    ['REROUTE_RESCUE', 1, 1],
    ['LOOP_CLOSURE', 2, 3],
  ])('%s is %i of %i', (measure, met, all) => {
    expect(of(rows, measure).filter((row) => row.met)).toHaveLength(met);
    expect(of(rows, measure)).toHaveLength(all);
  });
  it('knows every step of a referral by its name', () => {
    const types = Object.values(referralFacts).map(({ type }) => type);
    for (const { type } of told) expect(types).toContain(type);
  });
});

describe('a discharge on a Friday at 23:30 in New York', () => {
  const discharged = '2026-03-07T04:30:00Z';
  const stay = (more: Partial<Stay> = {}): Stay => ({
    ...{ id: 's', episodeId: 'e', clientId, setting: 'PSYCH_HOSPITAL', levelOfCare: null, asamEdition: null },
    ...{
      facilityName: null,
      reasons: ['MENTAL_HEALTH'],
      planned: false,
      startedAt: new Date('2026-02-20T15:00:00Z'),
    },
    ...{
      endedAt: new Date(discharged),
      dischargeType: 'OTHER',
      endReason: 'MOVED',
      toHospice: false,
      version: 1,
    },
    ...{ withoutPlanReason: null, dischargeRecordedAt: new Date(discharged), readmissionOfId: null, ...more },
  });
  const visit = (at: string): Visit => ({
    ...{
      id: `v ${at}`,
      clientId,
      setting: 'OUTPATIENT_CLINIC',
      reasons: ['MENTAL_HEALTH'],
      at: new Date(at),
    },
    ...{ medication: false, recordedAt: new Date(at), recordedBy: 'm' },
  });
  const now = new Date('2026-06-01T15:00:00Z');
  function rowsOf(stays: Stay[], visits: Visit[]): MeasureCase[] {
    const record = { stays, visits, episodes: [], evidence: [], diedAt: null, oldestOn: () => 40 };
    const obligations: Obligation[] = settle(clientId, record, [], { now, timeZone }).moves.map(
      ({ to }) => to,
    );
    return casesOfClient(history({ stays, visits, obligations }));
  }

  it.each<[string, string, boolean]>([
    ['a quarter of an hour later, still on day 0', '2026-03-07T04:45:00Z', false],
    ['half an hour after midnight', '2026-03-07T05:30:00Z', true],
    ['on the next Friday at 23:30, after the clocks changed', '2026-03-14T03:30:00Z', true],
    ['on the Saturday after it at 00:30', '2026-03-14T04:30:00Z', false],
  ])('a visit %s', (_when, at, met) => {
    expect(of(rowsOf([stay()], [visit(at)]), 'FUH_7')).toMatchObject([
      { startsOn: '2026-03-06', countsFrom: '2026-03-14', met },
    ]);
  });

  it('a readmission on day 3 takes it out of the follow-ups and counts as a readmission', () => {
    const back = stay({
      id: 'back',
      startedAt: new Date('2026-03-09T15:00:00Z'),
      endedAt: null,
      dischargeType: null,
      endReason: null,
      dischargeRecordedAt: null,
    });
    const rows = rowsOf([stay(), back], []);
    expect(of(rows, 'FUH_7')).toMatchObject([{ excludedFor: 'READMITTED' }]);
    expect(of(rows, 'READMISSION')).toMatchObject([{ met: true, excludedFor: null }]);
  });

  it('two discharges in one window are two rows; the first one does not count', () => {
    const second = stay({
      id: 'two',
      startedAt: new Date('2026-03-10T15:00:00Z'),
      endedAt: new Date('2026-03-15T15:00:00Z'),
    });
    expect(
      of(rowsOf([stay(), second], [visit('2026-03-17T15:00:00Z')]), 'FUH_7').map(({ met, excludedFor }) => [
        met,
        excludedFor,
      ]),
    ).toEqual([
      [false, 'READMITTED'],
      [true, null],
    ]);
  });
});

describe('weeks of a case', () => {
  const told = [
    fact('CaseOpened', '2026-01-05T15:00:00Z', { subjectId: 'k' }),
    fact('CaseManagerAssigned', '2026-01-05T15:00:00Z', { subjectId: 'k', staffId: 'm', groupId: 's' }),
    fact('RiskTierChanged', '2026-01-18T15:00:00Z', { code: 'HIGH' }),
    fact('ContactLogged', '2026-01-13T15:00:00Z', {
      subjectId: '1',
      toldAt: new Date('2026-01-13T15:00:00Z'),
      yes: true,
    }),
    ...['20', '22'].map((day) =>
      fact('ContactLogged', `2026-01-${day}T15:00:00Z`, {
        subjectId: day,
        toldAt: new Date(`2026-01-${day}T15:00:00Z`),
        yes: true,
      }),
    ),
  ];

  it('keep the rhythm of the tier of that week; the last stretch goes on', () => {
    const rows = of(casesOfClient(history({ told })), 'CADENCE');
    expect(rows.map(({ startsOn, endsOn, level, met }) => [startsOn, endsOn, level, met])).toEqual([
      ['2026-01-12', '2026-01-18', 'MODERATE', true],
      ['2026-01-19', '2026-01-25', 'HIGH', true],
      ['2026-01-26', null, 'HIGH', false],
    ]);
  });

  it('end with the case, and a contact that was corrected counts as corrected', () => {
    const closed = fact('CaseClosed', '2026-02-04T15:00:00Z', { subjectId: 'k', code: 'ADMINISTRATIVE' });
    const corrected = fact('ContactCorrected', '2026-01-23T15:00:00Z', {
      subjectId: '22',
      toldAt: new Date('2026-01-22T15:00:00Z'),
      yes: false,
    });
    const rows = of(casesOfClient(history({ told: [...told, closed, corrected] })), 'CADENCE');
    expect(rows.map(({ startsOn, endsOn, met }) => [startsOn, endsOn, met])).toEqual([
      ['2026-01-12', '2026-01-18', true],
      ['2026-01-19', '2026-02-01', false],
    ]);
  });

  it('follow from the facts, whatever the order in which they came', () => {
    const right = casesOfClient(history({ told }));
    fc.assert(
      fc.property(fc.shuffledSubarray(told, { minLength: told.length }), (shuffled) => {
        expect(casesOfClient(history({ told: shuffled }))).toEqual(right);
      }),
    );
  });
});
