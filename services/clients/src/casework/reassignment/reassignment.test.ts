import type { Staffing } from '../assignment/staffing.ts';
import type { CaseWish } from '../suggestion/suggestion.ts';
import { planReassignment, type MovingCase } from './reassignment.ts';

const wish: CaseWish = {
  ...{
    populations: [],
    language: null,
    setting: null,
    gender: null,
    culture: null,
    faith: null,
    modalities: [],
    contactTimes: null,
    knownIds: [],
    leaderId: 'eve',
  },
};
const aCase = (
  id: string,
  more: Partial<MovingCase['load']> = {},
  wishes: Partial<CaseWish> = {},
): MovingCase => ({
  ...{ caseId: id, clientId: `client of ${id}`, wish: { ...wish, ...wishes } },
  load: { tier: 'MODERATE', status: 'OPEN_ACTIVE', modifiers: 0, count: 1, ...more },
});
const receiver = (
  id: string,
  { points = 40, languages = ['en'], away = false, isOpen = true } = {},
): Staffing => ({
  staff: {
    ...{
      id,
      name: id,
      email: null,
      roles: ['CASE_MANAGER'],
      supervisorId: 'sam',
      languages,
      specialties: [],
    },
    ...{ timeZone: null, active: true, phone: null, employeeNo: null, education: [], settings: [] },
    ...{ populations: [], gender: null, cultures: [], fte: 1, hours: [], onCall: false },
    ...{ programCode: 'STANDARD', away, coverId: null, version: 1 },
  },
  gate: { isOpen, reason: isOpen ? 'QUALIFIED' : 'CREDENTIAL_EXPIRED' },
  loads: [],
  limits: { points, heads: 45, fte: 1 },
});
const plan = (cases: MovingCase[], to: Staffing[], mayPassLimit = false) =>
  planReassignment(cases, to, mayPassLimit);
const who = ({ moves }: ReturnType<typeof plan>) => moves.map(({ caseId, to }) => `${caseId} ${String(to)}`);

describe('a plan', () => {
  it('gives the heaviest case first, and each to the one who fits or has more room', () => {
    const cases = [aCase('a'), aCase('b', { tier: 'CRISIS' }), aCase('c', {}, { language: 'es' })];
    const made = plan(cases, [receiver('ana'), receiver('bea', { languages: ['es'] })]);
    expect(who(made)).toEqual(['b ana', 'a bea', 'c bea']);
    expect(made.receivers.map(({ cases: count, after }) => [count, after.points])).toEqual([
      [1, 4],
      [2, 3],
    ]);
  });

  it('refuses what would pass a limit, unless that is approved', () => {
    const cases = [aCase('a'), aCase('b'), aCase('c')];
    const small = [receiver('ana', { points: 3.5 })];
    expect(plan(cases, small).moves.map(({ state, code }) => [state, code])).toEqual([
      ['PENDING', null],
      ['PENDING', null],
      ['REFUSED', 'CASELOAD_OVER'],
    ]);
    expect(plan(cases, small, true).receivers[0]).toMatchObject({
      cases: 3,
      after: { points: 4.5, band: 'OVER' },
    });
  });

  it('gives nothing to somebody who is away or may take no new cases', () => {
    const to = [receiver('ana', { away: true }), receiver('bea', { isOpen: false })];
    expect(plan([aCase('a')], to).moves).toMatchObject([{ to: null, state: 'REFUSED', code: 'NOBODY_OPEN' }]);
  });

  it('is the same for another order of the same cases', () => {
    const cases = ['a', 'b', 'c', 'd'].map((id) => aCase(id));
    const to = [receiver('ana'), receiver('bea')];
    expect(who(plan(cases.toReversed(), to))).toEqual(who(plan(cases, to)));
  });
});
