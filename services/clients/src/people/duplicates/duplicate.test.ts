import { emptyRecord } from '../client/client.ts';
import { compare, frequencies, possibleFrom, scoreOf } from './duplicate.ts';

const rosalind = {
  ...emptyRecord('Rosalind Ferro'),
  dateOfBirth: '1988-04-12',
  contactPoints: [{ kind: 'PHONE' as const, value: '+13055550123', label: null, extension: null }],
  postalCode: '33101',
};
const verdicts = (other: object, one: object = {}) =>
  compare({ ...rosalind, ...one }, { ...rosalind, ...other }).map(
    ({ field, verdict }) => `${field} ${verdict}`,
  );
const isPossible = (other: object, one: object = {}) =>
  scoreOf(compare({ ...rosalind, ...one }, { ...rosalind, ...other })) >= possibleFrom;

const nothing = { dateOfBirth: null, contactPoints: [], postalCode: null };
const phone = (value: string) => [{ kind: 'PHONE' as const, value, label: null, extension: null }];

describe('two records', () => {
  it.each([
    ['of equal names and nothing else', nothing, nothing, false],
    ['of equal names and days of birth', { contactPoints: [], postalCode: null }, {}, true],
    [
      'of turned names and equal days',
      { ...nothing, legalName: 'Ferro, Rosalind', dateOfBirth: '1988-04-12' },
      {},
      true,
    ],
    [
      'of a typing mistake and equal days',
      { ...nothing, legalName: 'Rosalynd Fero', dateOfBirth: '1988-04-12' },
      {},
      true,
    ],
    ['of equal names, day and month turned', { ...nothing, dateOfBirth: '1988-12-04' }, {}, true],
    ['of equal names, only the year known', { ...nothing, dateOfBirth: null, birthYear: 1988 }, {}, true],
    ['of equal names, born in other years', { ...nothing, dateOfBirth: '1959-01-30' }, {}, false],
    ['of equal names and numbers', { dateOfBirth: null, postalCode: null }, {}, true],
    [
      'of another name, the same day',
      { ...nothing, legalName: 'Peter Holm', dateOfBirth: '1988-04-12' },
      {},
      false,
    ],
    [
      'of a sibling at the same telephone',
      { legalName: 'Marco Ferro', dateOfBirth: '1991-09-01', postalCode: null },
      {},
      false,
    ],
    ['of a twin', { legalName: 'Marco Ferro', postalCode: null }, {}, true],
    ['of a new family name, the same day and number', { legalName: 'Rosalind Holm' }, {}, true],
    [
      'of a former name',
      { ...nothing, legalName: 'Rosa Holm', otherNames: ['Rosalind Ferro'], dateOfBirth: '1988-04-12' },
      {},
      true,
    ],
  ])('%s are possibly of one person: %s', (_what, other, one, expected) => {
    expect(isPossible(other, one)).toBe(expected);
  });

  it('agree and contradict field by field; what one of them does not say is no evidence', () => {
    expect(
      verdicts({ dateOfBirth: '1988-05-12', contactPoints: phone('+13055550999'), postalCode: null }),
    ).toEqual(['NAME AGREES', 'DATE_OF_BIRTH SIMILAR', 'PHONE CONTRADICTS']);
    expect(verdicts(nothing)).toEqual(['NAME AGREES']);
  });

  it('compare the same in both directions', () => {
    for (const other of [
      { legalName: 'Rosa Ferro' },
      { legalName: 'Ferro' },
      nothing,
      { birthYear: 1988, dateOfBirth: null },
    ])
      expect(scoreOf(compare(rosalind, { ...rosalind, ...other }))).toBe(
        scoreOf(compare({ ...rosalind, ...other }, rosalind)),
      );
  });
});

describe('the frequencies', () => {
  it('give points for agreement and take points for contradiction', () => {
    for (const { AGREES, CONTRADICTS } of Object.values(frequencies)) {
      expect(AGREES!.m).toBeGreaterThan(AGREES!.u);
      expect(CONTRADICTS!.m).toBeLessThan(CONTRADICTS!.u);
    }
  });
});
