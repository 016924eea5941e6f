import fc from 'fast-check';
import { connection, readPage, type CursorKey } from './connection.ts';

interface Row {
  at: Date;
  id: string;
}

function take(rows: readonly Row[], args: { first?: number; after?: string | null }) {
  const page = readPage(args, 2);
  const [at, id] = page.after ?? [];
  const rest = rows.filter((row) => at === undefined || [row.at.toISOString(), row.id] > [at, id ?? '']);
  return connection(rest.slice(0, page.first + 1), page, (row) => [row.at, row.id]);
}

describe('a connection', () => {
  it('visits every row once, in order, whatever the page size', () => {
    const row = fc.record({
      at: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }),
      id: fc.uuid(),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(row, { selector: (r) => r.id }),
        fc.integer({ min: 1, max: 7 }),
        (unsorted, first) => {
          const rows = unsorted.toSorted((a, b) =>
            [a.at.toISOString(), a.id] < [b.at.toISOString(), b.id] ? -1 : 1,
          );
          const seen: Row[] = [];
          let after: string | null = null;
          do {
            const page: ReturnType<typeof take> = take(rows, { first, after });
            seen.push(...page.edges.map((edge) => edge.node));
            after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
          } while (after);
          expect(seen).toEqual(rows);
        },
      ),
    );
  });

  it.each([0, -1, 101, 1.5])('refuses first: %p', (first) => {
    expect(() => readPage({ first }, 1)).toThrow('first must be between 1 and 100');
  });

  it.each(['?', 'bm90IGpzb24', 'WyJvbmUiXQ'])('refuses the foreign cursor %p', (after) => {
    expect(() => readPage({ after }, 2)).toThrow('not a cursor of this list');
  });

  const cursor = (value: unknown) => Buffer.from(JSON.stringify([value])).toString('base64url');
  it.each<[CursorKey, unknown]>([
    ['uuid', 'x'],
    ['instant', 'soon'],
    ['instant', '2036-02-30T10:00:00Z'],
    ['instant', '2036-02-03T25:00:00Z'],
    ['instant', '2036-02-03'],
    ['day', '2036-13-01'],
    ['day', '2036-02-30'],
    ['int', '1.5'],
    ['int', '2147483648'],
    ['bigint', '-1'],
    ['bigint', '9223372036854775808'],
    ['text', 'a\0'],
    ['text', 1],
  ])('refuses, as %s, the cursor value %j', (kind, value) => {
    expect(() => readPage({ after: cursor(value) }, [kind])).toThrow('not a cursor of this list');
  });

  it.each<[CursorKey, string]>([
    ['uuid', '01890a5d-ac96-774b-bcce-b302099a8057'],
    ['instant', '2036-02-29T10:00:00.123Z'],
    ['instant', '2036-02-29 10:00:00.123456+00'],
    ['instant', 'infinity'],
    ['day', '2036-02-29'],
    ['int', '2147483647'],
    ['bigint', '2147483648'],
    ['text', ''],
  ])('takes, as %s, the cursor value %j', (kind, value) => {
    expect(readPage({ after: cursor(value) }, [kind]).after).toEqual([value]);
  });
});
