import { GraphQLError } from 'graphql';

export interface PageArgs {
  first?: number | null | undefined;
  after?: string | null | undefined;
}

export interface Page {
  /** Rows to show; ask the database for one more, to know whether more follow. */
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

const limits = { usual: 20, most: 100 };

/** Reads page arguments. `keys` is the number of ordering columns; the last of them must be unique. */
export function readPage({ first, after }: PageArgs, keys: number): Page {
  const count = first ?? limits.usual;
  if (!Number.isInteger(count) || count < 1 || count > limits.most) {
    throw badInput(`first must be between 1 and ${limits.most}`);
  }
  return { first: count, after: after ? decode(after, keys) : null };
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

function decode(cursor: string, keys: number): string[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    const ok = Array.isArray(values) && values.length === keys && values.every((v) => typeof v === 'string');
    if (ok) return values;
  } catch {
    // Falls through: a cursor that cannot be read is the caller's fault, whatever broke it.
  }
  throw badInput('after is not a cursor of this list');
}

function badInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}
