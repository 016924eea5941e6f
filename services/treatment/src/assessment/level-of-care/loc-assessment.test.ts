import { licenceFor, type HeldCredential } from '../scope/scope.ts';
import { asamEditions } from './edition.ts';
import {
  contentFaults,
  draftAssessment,
  inForceAt,
  missing,
  signAssessment,
  type LocAssessment,
  type LocContent,
} from './loc-assessment.ts';

const at = { now: new Date('2026-11-28T18:00:00Z'), timeZone: 'America/Chicago' };
const clientId = '0191f3a0-0000-7000-8000-000000000001';
const ratings = (dimensions: readonly number[]) =>
  dimensions.map((dimension) => ({ dimension, severity: 2, narrative: null }));
const content = (over: Partial<LocContent> = {}): LocContent => ({
  ...{ edition: 4, ratings: ratings([1, 2, 3, 4, 5]), recommended: '3.5' },
  ...over,
});
function draft(over: Partial<LocContent> = {}): LocAssessment {
  const decided = draftAssessment(clientId, content(over), { corrected: null, by: { id: 's1', at } });
  if (!('insert' in decided)) throw new Error('No draft');
  return decided.insert;
}
const paths = (faults: readonly { path: string; code: string }[]) =>
  faults.map(({ path, code }) => `${path} ${code}`);

describe('editions of the ASAM Criteria', () => {
  it('have six dimensions each; the fourth does not rate the sixth', () => {
    expect(asamEditions.map(({ edition }) => edition)).toEqual([3, 4]);
    const sixth = asamEditions.map(
      ({ dimensions }) => dimensions.find(({ number }) => number === 6)?.isRated,
    );
    expect(sixth).toEqual([true, false]);
  });
});

describe('an assessment of the level of care', () => {
  it.each([
    ['an edition that nobody knows', { edition: 5 }, ['edition UNKNOWN']],
    ['a level of the other edition', { recommended: '3.3' }, ['recommended UNKNOWN']],
    ['a level that exists in the third only', { edition: 3, recommended: '3.3' }, []],
    ['a dimension twice', { ratings: ratings([1, 1]) }, ['ratings.1.dimension DUPLICATE']],
    ['a seventh dimension', { ratings: ratings([7]) }, ['ratings.0.dimension UNKNOWN']],
    ['a severity of what has none', { ratings: ratings([6]) }, ['ratings.0.severity NOT_RATED']],
    ['a day to come', { assessedOn: '2026-11-29' }, ['assessedOn IN_FUTURE']],
  ])('is refused for %s, or not', (_case, over, faults) => {
    expect(paths(contentFaults(content(over), at))).toEqual(faults);
  });

  it.each([
    ['nothing', {}, []],
    ['a dimension', { ratings: ratings([1, 2, 3, 4]) }, ['ratings REQUIRED']],
    ['the sixth of the third edition', { edition: 3 }, ['ratings REQUIRED']],
    ['the level', { recommended: null }, ['recommended REQUIRED']],
    ['why another level is given', { actual: '2.1' }, ['discrepancy REQUIRED']],
    ['nothing, with a reason', { actual: '2.1', discrepancy: 'WAITING_LIST' as const }, []],
    [
      'words for another reason',
      { actual: '2.1', discrepancy: 'OTHER' as const },
      ['discrepancyNote REQUIRED'],
    ],
  ])('lacks %s before it can be signed', (_case, over, faults) => {
    expect(paths(missing(draft(over)))).toEqual(faults);
  });

  it('is signed once, by a licence that may', () => {
    const row = draft();
    expect(signAssessment(row, { id: 's1', licence: null }, at.now)).toMatchObject({ kind: 'Forbidden' });
    const signed = signAssessment(row, { id: 's1', licence: 'LCSW' }, at.now);
    expect(signed).toMatchObject({ update: { signedBy: 's1', credential: 'LCSW' } });
    expect(signAssessment({ ...row, signedAt: at.now }, { id: 's1', licence: 'LCSW' }, at.now)).toMatchObject(
      {
        kind: 'InvalidTransition',
      },
    );
  });

  it('counts until a signed one corrects it', () => {
    const hour = (n: number) => new Date(at.now.getTime() + n * 3_600_000);
    const first = { ...draft(), id: 'a', signedAt: hour(0) };
    const correction = { ...draft(), id: 'b', signedAt: hour(2), supersedes: 'a' };
    expect(inForceAt([first, { ...correction, signedAt: null }], hour(3))?.id).toBe('a');
    expect(inForceAt([first, correction], hour(1))?.id).toBe('a');
    expect(inForceAt([first, correction], hour(3))?.id).toBe('b');
    expect(inForceAt([], hour(3))).toBeNull();
  });
});

describe('a licence', () => {
  const held = (typeCode: string, over: Partial<HeldCredential> = {}): HeldCredential => ({
    ...{ id: typeCode, staffId: 's1', typeCode, validUntil: null, counts: true },
    ...over,
  });

  it.each([
    ['LCSW', 'DIAGNOSE' as const, 'LCSW'],
    ['AADC', 'DIAGNOSE' as const, null],
    ['AADC', 'SIGN_LEVEL_OF_CARE' as const, 'AADC'],
    ['CCM', 'SIGN_LEVEL_OF_CARE' as const, null],
  ])('%s permits %s: %s', (type, act, licence) => {
    expect(licenceFor(act, [held(type)], '2026-11-28')).toBe(licence);
  });

  it('counts to the end of its last day, and not while it is suspended', () => {
    const last = held('LPC', { validUntil: '2026-11-28' });
    expect(licenceFor('DIAGNOSE', [last], '2026-11-28')).toBe('LPC');
    expect(licenceFor('DIAGNOSE', [last], '2026-11-29')).toBeNull();
    expect(licenceFor('DIAGNOSE', [held('LPC', { counts: false })], '2026-11-28')).toBeNull();
  });
});
