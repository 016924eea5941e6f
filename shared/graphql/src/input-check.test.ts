import { buildSchema as buildPlainSchema, isInputObjectType } from 'graphql';
import { formFaults } from './input-check.ts';

const schema = buildPlainSchema(`
  directive @text(max: Int!) on INPUT_FIELD_DEFINITION
  directive @list(max: Int!) on INPUT_FIELD_DEFINITION
  directive @range(min: Float, max: Float) on INPUT_FIELD_DEFINITION
  scalar Date
  scalar DateTime
  type Query { a: Int }
  input Point { label: String @text(max: 3) }
  input Person {
    name: String! @text(max: 5)
    note: String
    rank: Int @range(min: 1, max: 50)
    ids: [ID!]
    born: Date
    seenAt: DateTime
    points: [Point!] @list(max: 2)
    idempotencyKey: String
  }`);
const person = schema.getType('Person');
if (!isInputObjectType(person)) throw new Error('no such input');

const codesOf = (input: object) => formFaults(person, input).map(({ path, code }) => `${path} ${code}`);
const family = '👨‍👩‍👧‍👦';

describe('the form of an input', () => {
  it.each([
    ['a text counts as people count', { name: family.repeat(5) }, []],
    ['one character more is too long', { name: family.repeat(6) }, ['name TOO_LONG']],
    ['a letter under a thousand marks is too long', { name: `a${'\u0301'.repeat(1000)}` }, ['name TOO_LONG']],
    ['a Thai letter with its marks is one character', { name: 'น้ำที่ดีก' }, []],
    ['a needed text says something', { name: ' \u200b ' }, ['name MISSING']],
    ['a text has no null character', { name: 'a\0b' }, ['name UNREADABLE']],
    ['a text has no half of a character', { name: 'a\ud800' }, ['name UNREADABLE']],
    ['a text has no marks that turn it around', { name: 'a\u202eb' }, ['name UNREADABLE']],
    ['a name has one line', { name: 'a\nb' }, ['name UNREADABLE']],
    ['a note may have several', { name: 'a', note: 'a\n\tb' }, []],
    ['a number keeps its bounds', { name: 'a', rank: 51 }, ['rank OUT_OF_RANGE']],
    ['an id is a uuid', { name: 'a', ids: ['x'] }, ['ids.0 INVALID_ID']],
    ['a day is one that people meet', { name: 'a', born: '0001-01-01' }, ['born OUT_OF_RANGE']],
    ['a moment, too', { name: 'a', seenAt: new Date('9999-01-01') }, ['seenAt OUT_OF_RANGE']],
    ['a list has an end', { name: 'a', points: [{}, {}, {}] }, ['points TOO_MANY']],
    [
      'what is inside a list has its place',
      { name: 'a', points: [{}, { label: 'long' }] },
      ['points.1.label TOO_LONG'],
    ],
    ['a key fits into an index', { name: 'a', idempotencyKey: 'k'.repeat(201) }, ['idempotencyKey TOO_LONG']],
    ['null is as good as left out', { name: 'a', note: null, points: null }, []],
    [
      'all faults come at once',
      { name: '', rank: 0, ids: ['x'] },
      ['name MISSING', 'rank OUT_OF_RANGE', 'ids.0 INVALID_ID'],
    ],
  ])('%s', (_rule, input, faults) => {
    expect(codesOf(input)).toEqual(faults);
  });
});
