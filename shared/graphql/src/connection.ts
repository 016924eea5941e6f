import { GraphQLError } from 'graphql';
import { openCursor, sealCursor } from './cursor.ts';

export interface PageArgs {
  first?: number | null | undefined;
  after?: string | null | undefined;
}

export interface Page {
<<<<<<< HEAD
  /** Rows of the page. Ask the database for one more, to know whether more rows follow. */
=======
  /** Name of the list; its cursors are good for no other list. */
  list: string;
  /** Rows to show; ask the database for one more, to know whether more follow. */
>>>>>>> e004dd6 (graph: keep positions of lists sealed, and every root field nullable)
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

<<<<<<< HEAD
/** Type of an ordering column, so that the database never gets a cursor that it cannot read. */
export type CursorKey = 'uuid' | 'instant' | 'day' | 'int' | 'bigint' | 'text';

const limits = { usual: 20, most: 100 };

/**
 * Reads page arguments. `keys` are the ordering columns, the last of them unique; a number means that many text
 * columns.
 */
export function readPage({ first, after }: PageArgs, keys: number | readonly CursorKey[]): Page {
=======
const limits = { usual: 20, most: 100 };

/** Reads page arguments. Throws BAD_USER_INPUT for a wrong length, and for each text that is no cursor of this list. */
export function readPage({ first, after }: PageArgs, list: string): Page {
>>>>>>> e004dd6 (graph: keep positions of lists sealed, and every root field nullable)
  const count = first ?? limits.usual;
  if (!Number.isInteger(count) || count < 1 || count > limits.most) {
    throw badInput(`first must be between 1 and ${limits.most}`);
  }
  if (typeof after !== 'string') return { list, first: count, after: null };
  const position = openCursor(list, after);
  if (!position) throw badInput('after is not a cursor of this list');
  return { list, first: count, after: position };
}

/** Makes a page of the rows that a query with `limit first + 1` gave, in order. Only cursors that are asked for are made. */
export function connection<Row>(
  rows: readonly Row[],
  page: Page,
  positionOf: (row: Row) => readonly (string | number | Date)[],
): Connection<Row> {
  const edges = rows
    .slice(0, page.first)
    .map((node) => new Edge(node, () => cursorOf(page, positionOf(node))));
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > page.first,
      hasPreviousPage: page.after !== null,
      get startCursor() {
        return edges[0]?.cursor ?? null;
      },
      get endCursor() {
        return edges.at(-1)?.cursor ?? null;
      },
    },
  };
}

class Edge<Row> {
  readonly node: Row;
  readonly #cursorOf: () => string;

<<<<<<< HEAD
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
=======
  constructor(node: Row, make: () => string) {
    this.node = node;
    this.#cursorOf = make;
  }

  get cursor(): string {
    return this.#cursorOf();
>>>>>>> e004dd6 (graph: keep positions of lists sealed, and every root field nullable)
  }
}

<<<<<<< HEAD
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
=======
function cursorOf({ list }: Page, position: readonly (string | number | Date)[]): string {
  const texts = position.map((value) => (value instanceof Date ? value.toISOString() : String(value)));
  return sealCursor(list, texts);
>>>>>>> e004dd6 (graph: keep positions of lists sealed, and every root field nullable)
}

function badInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}
