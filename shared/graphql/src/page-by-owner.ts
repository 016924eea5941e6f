import DataLoader from 'dataloader';

/** What a page asks for, of one client. */
export interface OwnedPage {
  clientId: string;
}

/**
 * Pages of the lists of clients. Those with the same arguments, which all come from one field of one operation, take one
 * statement: `load` reads them for all these clients, and each page gets its rows in that order.
 */
export function pageByOwner<Page extends OwnedPage, Row extends OwnedPage>(
  load: (clientIds: string[], page: Page) => Promise<Row[]>,
): DataLoader<Page, Row[], string> {
  const loadAll = async (pages: readonly Page[]): Promise<Row[][]> => {
    const alike = Map.groupBy(pages, ({ clientId: _, ...rest }) => JSON.stringify(rest));
    const found = new Map<Page, Row[]>();
    for (const group of alike.values()) {
      const [page] = group;
      const clientIds = group.map(({ clientId }) => clientId);
      const rows = page ? await load(clientIds, page) : [];
      const byClient = Map.groupBy(rows, ({ clientId }) => clientId);
      for (const one of group) found.set(one, byClient.get(one.clientId) ?? []);
    }
    return pages.map((page) => found.get(page) ?? []);
  };
  return new DataLoader(loadAll, { cacheKeyFn: (page) => JSON.stringify(page) });
}
