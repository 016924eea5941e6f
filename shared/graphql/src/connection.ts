import { GraphQLError } from 'graphql';
import { openCursor, sealCursor } from './cursor.ts';

export interface PageArgs {
  first?: number | null | undefined;
  after?: string | null | undefined;
}

export interface Page {
  /** Name of the list; its cursors are good for no other list. */
  list: string;
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

const limits = { usual: 20, most: 100 };

/** Reads page arguments. Throws BAD_USER_INPUT for a wrong length, and for each text that is no cursor of this list. */
export function readPage({ first, after }: PageArgs, list: string): Page {
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

  constructor(node: Row, make: () => string) {
    this.node = node;
    this.#cursorOf = make;
  }

  get cursor(): string {
    return this.#cursorOf();
  }
}

function cursorOf({ list }: Page, position: readonly (string | number | Date)[]): string {
  const texts = position.map((value) => (value instanceof Date ? value.toISOString() : String(value)));
  return sealCursor(list, texts);
}

/** Fault of an argument of a query. The faults of a command are InvalidInput. */
export function badInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}
