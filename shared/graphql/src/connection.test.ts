import fc from 'fast-check';
import { connection, readPage } from './connection.ts';

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
});
