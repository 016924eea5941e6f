import { buildSchema } from 'graphql';
import { withEntry } from './changelog.ts';
import { compareSchemas } from './compare-schemas.ts';

const today = '2026-11-24';
const until = (date: string): string => `@deprecated(reason: "Use name. Goes after ${date}.")`;
const graph = (fields: string, others = ''): string =>
  `type Query { person: Person } type Person { name: String ${fields} } ${others}`;

function compared(before: string, after: string, operation = '{ person { name } }') {
  const operations = new Map([['page.graphql', operation]]);
  return compareSchemas({ before: buildSchema(before), after: buildSchema(after), operations, today });
}

describe('a field that goes', () => {
  it('is a fault when nobody was told', async () => {
    const { changes, faults } = await compared(graph('nick: String'), graph(''));
    expect(changes).toEqual([expect.stringMatching(/^\*\*breaking\*\* .*nick.* removed/)]);
    expect(faults).toEqual([expect.stringContaining('was not deprecated')]);
  });

  it('is a fault before its date', async () => {
    const { faults } = await compared(graph(`nick: String ${until('2026-11-25')}`), graph(''));
    expect(faults).toHaveLength(1);
  });

  it('is none from its date on', async () => {
    const { faults } = await compared(graph(`nick: String ${until(today)}`), graph(''));
    expect(faults).toEqual([]);
  });

  it('is a fault whatever the date while a known operation asks for it', async () => {
    const before = graph(`nick: String ${until('2026-01-01')}`);
    const { faults } = await compared(before, graph(''), '{ person { nick } }');
    expect(faults).toEqual([expect.stringMatching(/^page\.graphql would break: Cannot query field "nick"/)]);
  });
});

describe('a type that goes', () => {
  const pet = 'type Pet { owner: Person food: Food } type Food { of: Pet }';

  it('may go with the last field that led to it', async () => {
    const { changes, faults } = await compared(graph(`pet: Pet ${until('2026-01-01')}`, pet), graph(''));
    expect(changes).toContainEqual(expect.stringContaining("Type 'Pet' was removed"));
    expect(faults).toEqual([]);
  });

  it('may not go when that field was not deprecated', async () => {
    const { faults } = await compared(graph('pet: Pet', pet), graph(''));
    expect(faults).toContainEqual(expect.stringContaining("Type 'Pet' was removed"));
  });
});

it.each([
  ['an argument that becomes required', 'all(of: ID): Int', 'all(of: ID!): Int'],
  ['a field that may now be null', 'age: Int!', 'age: Int'],
  ['a field of another type', 'age: Int', 'age: String'],
])('%s is a fault', async (_case, before, after) => {
  expect((await compared(graph(before), graph(after))).faults).toHaveLength(1);
});

it('what is added, and a new deprecation, are no faults', async () => {
  const { changes, faults } = await compared(
    graph('nick: String'),
    graph(`nick: String ${until('2027-03-01')} age: Int`),
  );
  expect(changes.length).toBeGreaterThanOrEqual(2);
  expect(faults).toEqual([]);
});

it('tells changes of descriptions as one', async () => {
  const described =
    'type Query { "One person." person: Person } "Somebody." type Person { "All of it." name: String }';
  expect((await compared(graph(''), described)).changes).toEqual([
    'Descriptions that are new or say it differently: 3',
  ]);
});

it('the changelog has the newest day first', () => {
  const first = withEntry('# Changes\n\nWords.\n', {
    day: '2026-11-24',
    changes: { staff: ['one'], partner: [] },
  });
  const second = withEntry(first, { day: '2026-11-25', changes: { staff: [], partner: ['two'] } });
  expect(second).toBe(
    '# Changes\n\nWords.\n\n## 2026-11-25\n\n### partner\n\n- two\n\n## 2026-11-24\n\n### staff\n\n- one\n',
  );
});
