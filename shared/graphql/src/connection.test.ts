import fc from 'fast-check';
import { connection, readPage } from './connection.ts';
import { openCursor, sealCursor, useCursorSecrets } from './cursor.ts';

interface Row {
  at: Date;
  id: string;
}

function take(rows: readonly Row[], args: { first?: number; after?: string | null }) {
  const page = readPage(args, 'rows');
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
    expect(() => readPage({ first }, 'rows')).toThrow('first must be between 1 and 100');
  });
});

describe('a cursor', () => {
  const refused = 'after is not a cursor of this list';
  const name = 'ก'.repeat(112);
  const cursor = sealCursor('clients', [name, '1']);

  it('says nothing of what orders the list, and stands for the same position', () => {
    expect(Buffer.from(cursor, 'base64url').toString('utf8')).not.toContain('ก');
    expect(readPage({ after: cursor }, 'clients').after).toEqual([name, '1']);
    expect(sealCursor('clients', [name, '1'])).toBe(cursor);
  });

  it.each(['', '?', 'bm90IGpzb24', 'WyJvbmUiXQ', Buffer.from('["a","1"]').toString('base64url')])(
    'is not the malformed text %p',
    (after) => {
      expect(() => readPage({ after }, 'clients')).toThrow(refused);
    },
  );

  it('of another list is refused', () => {
    expect(() => readPage({ after: cursor }, 'notifications')).toThrow(refused);
  });

  it('that was changed in any bit is refused', () => {
    fc.assert(
      fc.property(fc.nat(Buffer.from(cursor, 'base64url').length * 8 - 1), (bit) => {
        const bytes = Buffer.from(cursor, 'base64url');
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(openCursor('clients', bytes.toString('base64url'))).toBeNull();
      }),
    );
  });

  it('is read with each secret, so that secrets change without a stop', () => {
    useCursorSecrets(['the old secret']);
    const old = sealCursor('clients', ['a', '1']);
    useCursorSecrets(['the new secret', 'the old secret']);
    expect(openCursor('clients', old)).toEqual(['a', '1']);
    useCursorSecrets(['the new secret']);
    expect(openCursor('clients', old)).toBeNull();
  });
});
