import { readableBy, type Reach } from '@throughline/care';
import fc from 'fast-check';
import { alikeKeys, foldedWords, nameWords } from './fold.ts';
import { asksOpenly, readableQuestion, readQuestion } from './question.ts';
import { spellingOf } from './spellings.ts';

const termsAsked = (text: string) =>
  readQuestion(text).map(({ variants }) => variants.map(({ term }) => term));

describe('the folded words of a name', () => {
  it.each([
    ['José', ['jose']],
    ['José'.normalize('NFD'), ['jose']],
    ['Müller-Łukasz', ['muller', 'lukasz']],
    ['O’Brien', ['obrien']],
    ["O'Brien", ['obrien']],
    ['OʼBrien', ['obrien']],
    ['ʻOkina', ['okina']],
    ['Doe, John', ['doe', 'john']],
    ['Иванов', ['ivanov']],
    ['Ngô Đình', ['ngo', 'dinh']],
    ['Ros 🌻', ['ros']],
    ['  ', []],
  ])('of %s are %j', (name, words) => {
    expect(foldedWords(name)).toEqual(words);
  });

  it.each([
    ['Ana de la Cruz', 'delacruz'],
    ['Mary-Ann Lee', 'maryann'],
    ['Omar al-Rashid', 'alrashid'],
    ['Ian Mc Donald', 'mcdonald'],
  ])('of %s are found as %s, too', (name, word) => {
    expect(nameWords(name)).toContain(word);
  });

  it('are small Latin letters and digits for 200 letters of any script', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const words = nameWords(text);
        expect(words.every((word) => /^[a-z0-9]{1,40}$/.test(word))).toBe(true);
        expect(foldedWords(text.normalize('NFD'))).toEqual(foldedWords(text.normalize('NFC')));
      }),
    );
  });
});

describe('two words', () => {
  const word = fc.stringMatching(/^[a-z]{4,12}$/);
  it('with one slip between them have a key in common', () => {
    fc.assert(
      fc.property(word, fc.nat(), fc.constantFrom('x', ''), (right, where, letter) => {
        const place = where % right.length;
        const wrong = right.slice(0, place) + letter + right.slice(place + 1);
        expect(alikeKeys(right).some((one) => alikeKeys(wrong).includes(one))).toBe(true);
      }),
    );
  });

  it.each([
    ['rosalind', 'rsoalind', 'NAME_SIMILAR'],
    ['garcia', 'graica', null],
    ['maria', 'mraia', 'NAME_SIMILAR'],
    ['jon', 'john', 'NAME_SIMILAR'],
    ['smyth', 'smith', 'NAME_SIMILAR'],
    ['catherine', 'kathryn', 'NAME_SOUND'],
    ['rosa', 'rosalind', 'NAME_PART'],
    ['lind', 'rosalind', 'NAME_PART'],
    ['maria', 'peter', null],
    ['ann', 'ian', null],
  ])('%s and %s: %s', (asked, word, kind) => {
    expect(spellingOf(asked, word)?.kind ?? null).toBe(kind);
  });
});

describe('a search text', () => {
  it.each([
    ['Doe, John', [['doe'], ['john']]],
    ['John Doe', [['john'], ['doe']]],
    ['Doe J.', [['doe']]],
    ['TL-2026-000123', [['#case:tl-2026-000123', '#id:tl2026000123']]],
    ['000123', [['#number:123', '#id:000123']]],
    ['(305) 555-0123', [['#phone:+13055550123', '#id:3055550123']]],
    ['+1 305.555.0123', [['#phone:+13055550123', '#id:13055550123']]],
    ['305-555-0123 x12', [['#phone:+13055550123', '#id:3055550123x12']]],
    ['+49 30 901820', [['#phone:+4930901820', '#id:4930901820']]],
    ['555-0123', [['#local:5550123', '#id:5550123']]],
    ['1984-05-31', [['#born:1984-05-31']]],
    ['05/31/1984', [['#born:1984-05-31']]],
    ['31.05.1984', [['#born:1984-05-31']]],
    ['05/06/1984', [['#born:1984-05-06', '#born:1984-06-05']]],
    ['Garcia 1984', [['garcia'], ['#year:1984']]],
    ['Garcia 1984-05-31', [['#born:1984-05-31'], ['garcia']]],
    ['Doe (305) 555-0123 ext 12', [['#phone:+13055550123'], ['doe']]],
    ['ros@example.org', [['#email:ros@example.org']]],
    ['%', []],
    ['1984-02-31', []],
  ])('%s asks for %j', (text, terms) => {
    if (text === '1984-02-31') expect(termsAsked(text).flat()).not.toContain('#born:1984-02-31');
    else expect(termsAsked(text)).toEqual(terms);
  });

  it.each([
    ['Rosalind Ferro', true],
    ['Ferro 1988', true],
    ['1988', false],
    ['Ferro 1988-04-12', false],
    ['Ferro 305-555-0123', false],
    ['305-555-0123', false],
    ['TL-2026-000001', false],
  ])('%s finds people beyond the own clients: %s', (text, isOpen) => {
    expect(asksOpenly(readQuestion(text))).toBe(isOpen);
  });

  it('of any kind is read', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(readQuestion(text).length).toBeLessThan(40);
      }),
    );
  });
});

describe('a question of somebody who reads less of a client', () => {
  const asked = [
    'Doe',
    'TL-2026-000001',
    '305-555-0123',
    '555 0123',
    'cz@mail.example',
    '1984-05-31',
    'AB 12-345',
  ];
  const left = (text: string, reach: Reach) =>
    readableQuestion(readQuestion(text), readableBy(reach))?.flatMap(({ variants }) =>
      variants.map(({ kind }) => kind),
    ) ?? null;

  it('asks for no part that the viewer does not read', () => {
    expect(asked.map((text) => left(text, 'PRIVACY'))).toEqual([
      ...[['NAME'], ['CASE_NUMBER', 'EXTERNAL_ID'], ['EXTERNAL_ID'], ['EXTERNAL_ID'], null],
      ...[['DATE_OF_BIRTH'], ['EXTERNAL_ID']],
    ]);
    expect(left('Doe 305-555-0123', 'PRIVACY')).toBeNull();
  });

  it.each(['FULL', 'PEER', 'INTAKE'] as const)('asks for everything within the reach %s', (reach) => {
    for (const text of asked)
      expect(left(text, reach)).toEqual(
        readQuestion(text).flatMap(({ variants }) => variants.map(({ kind }) => kind)),
      );
  });
});
