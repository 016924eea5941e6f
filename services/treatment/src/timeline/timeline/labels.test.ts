import { labelsOf } from './labels.ts';

it.each([
  ['a return to use', 'ReturnToUse', ['SUD']],
  ['use of a substance', 'SubstanceUseEntry', ['SUD']],
  ['a clinical record without more', 'Advice', ['HEALTH']],
  ['a referral', 'Referral', []],
] as const)('%s has the labels of its kind', (_what, subject, labels) => {
  expect(labelsOf(subject, [])).toEqual(labels);
});

it.each([
  [['SUBSTANCE_USE'], ['SUD']],
  [
    ['SELF_HARM', 'OVERDOSE'],
    ['MH', 'SUD'],
  ],
  [['OTHER'], ['HEALTH']],
])('a visit for %j has %j', (codes, labels) => {
  const known = codes.map((code) => ({ origin: 'REASON' as const, code }));
  expect(labelsOf('Visit', known)).toEqual(labels);
});
