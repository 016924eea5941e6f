import { GraphQLError } from 'graphql';
import { isUuid } from './batch.ts';

export interface PageArgs {
  first?: number | null | undefined;
  after?: string | null | undefined;
}

export interface Page {
  /** Rows of the page. Ask the database for one more, to know whether more rows follow. */
  first: number;
  /** Values of the ordering columns of the last row seen, in order; null at the start. */
  after: readonly string[] | null;
}

export interface Connection<Row> {
  edges: { cursor: string; node: Row }[];
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
}

/** Type of an ordering column, so that the database never gets a cursor that it cannot read. */
export type CursorKey = 'uuid' | 'instant' | 'day' | 'int' | 'bigint' | 'text';

const limits = { usual: 20, most: 100 };

/**
 * Reads page arguments. `keys` are the ordering columns, the last of them unique; a number means that many text
 * columns.
 */
export function readPage({ first, after }: PageArgs, keys: number | readonly CursorKey[]): Page {
  const count = first ?? limits.usual;
  if (!Number.isInteger(count) || count < 1 || count > limits.most) {
    throw badInput(`first must be between 1 and ${limits.most}`);
  }
  const kinds = typeof keys === 'number' ? Array.from({ length: keys }, () => 'text' as const) : keys;
  return { first: count, after: after ? decode(after, kinds) : null };
}

/** Makes a page of the rows that a query with `limit first + 1` gave, in order. */
export function connection<Row>(
  rows: readonly Row[],
  page: Page,
  cursorOf: (row: Row) => readonly (string | number | Date)[],
): Connection<Row> {
  const edges = rows.slice(0, page.first).map((node) => ({ cursor: encode(cursorOf(node)), node }));
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > page.first,
      hasPreviousPage: page.after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

function encode(values: readonly (string | number | Date)[]): string {
  const texts = values.map((value) => (value instanceof Date ? value.toISOString() : String(value)));
  return Buffer.from(JSON.stringify(texts)).toString('base64url');
}

function decode(cursor: string, kinds: readonly CursorKey[]): string[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(values) && values.length === kinds.length) {
      const keys = kinds.filter(
        (kind, index) => typeof values[index] === 'string' && fits[kind](values[index]),
      );
      if (keys.length === kinds.length) return values as string[];
    }
  } catch {
    // Falls through: a cursor that cannot be read is a fault of the caller.
  }
  throw badInput('after is not a cursor of this list');
}

const fits: Record<CursorKey, (text: string) => boolean> = {
  uuid: isUuid,
  instant: isInstant,
  day: isDay,
  int: (text) => /^\d{1,10}$/.test(text) && Number(text) < 2 ** 31,
  bigint: (text) => /^\d{1,18}$/.test(text),
  text: (text) => !text.includes('\0'),
};

const time = /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?(Z|[+-](0\d|1[0-4])(:[0-5]\d)?)$/;

/** As JavaScript or PostgreSQL writes it; "infinity" is the place of rows without a time. */
function isInstant(text: string): boolean {
  return (
    text === 'infinity' ||
    (isDay(text.slice(0, 10)) && /[T ]/.test(text[10] ?? '') && time.test(text.slice(11)))
  );
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || text.startsWith('0000')) return false;
  const day = new Date(text);
  // The 30th of February is no day, but JavaScript accepts it.
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

function badInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}
