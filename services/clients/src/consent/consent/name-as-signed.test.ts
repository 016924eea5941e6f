import { nameIssues } from './name-as-signed.ts';

const rosalind = { legalName: 'Rosalind Maria Ferro-Núñez', nameToUse: 'Ros' };
const codesOf = (patientNameAsSigned: string, client: Parameters<typeof nameIssues>[1] = rosalind) =>
  nameIssues({ patientNameAsSigned }, client).map(({ element, code }) => `${element} ${code}`);

describe('the name as signed', () => {
  it.each([
    'Rosalind Maria Ferro-Núñez',
    'ROSALIND FERRO NUNEZ',
    'Ferro-Núñez, Rosalind M.',
    'Ros Ferro',
    '  rosalind\u00a0ferro  ',
  ])('is a name of the client: %s', (signed) => {
    expect(codesOf(signed)).toEqual([]);
  });

  it.each(['Maria Fiero', 'Somebody Else', 'Rosalind Ferro Smith', 'R.', 'R. M. F.', 'X. Ferro', '-'])(
    'is another name: %s',
    (signed) => {
      expect(codesOf(signed)).toEqual(['patient INVALID']);
    },
  );

  it.each([
    ['王小明', '王小明'],
    ['สมชาย ใจดี', 'สมชาย ใจดี'],
    ['Seán O’Brien', "Sean O'Brien"],
    ['李', '李'],
  ])('is read in every script: %s', (legalName, signed) => {
    expect(codesOf(signed, { legalName, nameToUse: null })).toEqual([]);
    expect(codesOf('Somebody', { legalName, nameToUse: null })).toEqual(['patient INVALID']);
  });

  it('is another fault when it is empty', () => {
    expect(codesOf(' ')).toEqual([]);
  });
});
