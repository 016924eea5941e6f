import { faultsOfPaths } from './paths.ts';
import { writtenFiles } from './written-files.ts';

const at = (text: string) => faultsOfPaths({ path: 'services/clients/README.md', text });

describe('links and paths in guides', () => {
  it('lead to files that exist', () => {
    const guides = writtenFiles('md');
    expect(guides.length).toBeGreaterThan(20);
    expect(guides.flatMap(faultsOfPaths)).toEqual([]);
  });

  it.each([
    '`client/client.access.ts`',
    '[who may read](../../shared/care/src/gone.ts)',
    '`shared/gone/src/reach.ts`',
  ])('would be refused with %s', (text) => {
    expect(at(text)).toHaveLength(1);
  });

  it.each([
    '`shared/care/src/reach.ts`',
    '`people/client/client.graphql`',
    '`need/need.ts`',
    '[events](../../shared/events/README.md#facts)',
    '[elsewhere](https://example.org/gone.md)',
    '`src/migrations/NNNN-add-need-review.ts`',
  ])('may be %s', (text) => {
    expect(at(text)).toEqual([]);
  });
});
