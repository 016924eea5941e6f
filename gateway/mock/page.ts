import { connection, readPage, type PageArgs } from '@throughline/graphql';
import type { Thing } from './thing.ts';

/** One page of a list, with the cursors and refusals of the services. */
export function pageOf(nodes: readonly Thing[], args: PageArgs): Thing {
  const page = readPage(args, 'mock');
  const begin = page.after ? Number(page.after[0]) + 1 : 0;
  const rows = nodes.map((node, at) => ({ node, at })).slice(begin, begin + page.first + 1);
  const { edges, pageInfo } = connection(rows, page, ({ at }) => [at]);
  return known({
    edges: edges.map(({ cursor, node: { node } }) => known({ cursor, node })),
    pageInfo: known({ ...pageInfo }),
  });
}

function known(given: Record<string, unknown>): Thing {
  return { __typename: '', number: 0, about: '', given };
}
