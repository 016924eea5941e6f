import { pageByOwner } from './page-by-owner.ts';

interface Page {
  clientId: string;
  limit: number;
}

function counted() {
  const asked: string[] = [];
  const loader = pageByOwner((clientIds: string[], { limit }: Page) => {
    asked.push(`${clientIds.join('+')} ${String(limit)}`);
    const rows = clientIds.flatMap((clientId) => [1, 2, 3].slice(0, limit).map((n) => ({ clientId, n })));
    return Promise.resolve(rows.reverse());
  });
  return { asked, loader };
}

describe('pages of the lists of clients', () => {
  it('with the same arguments take one statement, and keep its order', async () => {
    const { asked, loader } = counted();
    const pages = await loader.loadMany(['a', 'b'].map((clientId) => ({ clientId, limit: 2 })));
    expect(asked).toEqual(['a+b 2']);
    expect(pages).toEqual(
      ['a', 'b'].map((clientId) => [
        { clientId, n: 2 },
        { clientId, n: 1 },
      ]),
    );
  });

  it('with other arguments take another one; a page that is asked for twice none', async () => {
    const { asked, loader } = counted();
    const limits = [1, 3, 1].map((limit) => ({ clientId: 'a', limit }));
    const pages = await loader.loadMany(limits);
    expect(asked).toEqual(['a 1', 'a 3']);
    expect(pages.map((page) => (page as unknown[]).length)).toEqual([1, 3, 1]);
  });

  it('of a client who has none are empty', async () => {
    const loader = pageByOwner((_ids: string[], _page: Page) => Promise.resolve<Page[]>([]));
    expect(await loader.load({ clientId: 'a', limit: 1 })).toEqual([]);
  });
});
