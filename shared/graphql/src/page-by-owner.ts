import DataLoader from 'dataloader';

/** A page or a row that says by this key whose it is. */
type Owned<Key extends string> = Readonly<Record<Key, string>>;

/**
 * Pages of the lists of owners. Those with the same arguments, which all come from one field of one operation, take one
 * statement: `load` reads them for all these owners, and each page gets its rows in that order.
 */
export function pageBy<Key extends string, Page extends Owned<Key>, Row extends Owned<Key>>(
  key: Key,
  load: (ownerIds: string[], page: Page) => Promise<Row[]>,
): DataLoader<Page, Row[], string> {
  const loadAll = async (pages: readonly Page[]): Promise<Row[][]> => {
    const alike = Map.groupBy(pages, ({ [key]: _, ...rest }) => JSON.stringify(rest));
    const found = new Map<Page, Row[]>();
    for (const group of alike.values()) {
      const [page] = group;
      const ownerIds = group.map((one) => one[key]);
      const rows = page ? await load(ownerIds, page) : [];
      const byOwner = Map.groupBy(rows, (row): string => row[key]);
      for (const one of group) found.set(one, byOwner.get(one[key]) ?? []);
    }
    return pages.map((page) => found.get(page) ?? []);
  };
  return new DataLoader(loadAll, { cacheKeyFn: (page) => JSON.stringify(page) });
}

/** Pages of the lists of clients. */
export function pageByOwner<Page extends Owned<'clientId'>, Row extends Owned<'clientId'>>(
  load: (clientIds: string[], page: Page) => Promise<Row[]>,
): DataLoader<Page, Row[], string> {
  return pageBy('clientId', load);
}
