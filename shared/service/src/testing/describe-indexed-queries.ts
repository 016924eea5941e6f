import { allEvents } from '@throughline/events';
import { roles, type Role, type Viewer } from '@throughline/graphql';
import {
  everyQuery,
  idOfRow,
  largeDatabase,
  sampleData,
  statementsDuring,
  type LargeDatabase,
} from '@throughline/testing';
import type { GraphQLSchema } from 'graphql';
import { aViewer, startTestService, type TestedService } from './test-service.ts';

export interface IndexedQueries<Config> extends TestedService<Config> {
  schema: GraphQLSchema;
  /** Statements that may read a table from its first row to its last: a part of their text, and why. */
  allowed?: Readonly<Record<string, string>>;
}

/** A service has more statements than this; fewer mean that nothing was asked. */
const FEWEST = 20;

/** The row that everything is asked about: every viewer works with its client. */
const ROW = 7;

const viewers = roles
  .filter((role) => role !== 'SYSTEM')
  .map((role): [Role, Viewer] => [role, viewerOf(role)]);

function viewerOf(role: Role): Viewer {
  const id = idOfRow(ROW);
  return role.startsWith('PARTNER')
    ? aViewer([role], { id, graph: 'PARTNER', agencyId: id })
    : aViewer([role], { id });
}

/**
 * Every query and every reaction of a service finds its rows through an index: the statements are explained against
 * 100,000 rows of each table. New fields, arguments, filters and facts are found by themselves.
 */
export function describeIndexedQueries<Config>({
  schema,
  allowed = {},
  ...tested
}: IndexedQueries<Config>): void {
  const needed = new Set<string>();
  let explained = 0;
  let service: Awaited<ReturnType<typeof startTestService<Config>>>;
  let large: LargeDatabase;

  beforeAll(async () => {
    service = await startTestService(tested);
    large = await largeDatabase(service.database);
  }, 600_000);
  afterAll(async () => {
    await large.close();
    await service.close();
  });

  async function scansDuring(work: () => Promise<unknown>): Promise<string[]> {
    const statements = await statementsDuring(service.db, work);
    const scans: string[] = [];
    explained += statements.length;
    for (const statement of statements) {
      const exception = Object.keys(allowed).find((text) => statement.sql.includes(text));
      const tables = await large.scannedTables(statement);
      if (exception === undefined) scans.push(...tables.map((table) => `${table}: ${statement.sql}`));
      else if (tables.length > 0) needed.add(exception);
    }
    return scans;
  }

  describe(`${tested.name}: of 100,000 rows no statement reads all`, () => {
    it.each(viewers)(
      'for a %s, whatever is asked',
      async (_role, viewer) => {
        const scans = await scansDuring(async () => {
          for (const query of everyQuery(schema, idOfRow(ROW))) await service.ask(viewer, query);
        });
        expect(scans).toEqual([]);
      },
      600_000,
    );

    it('whatever fact the service hears', async () => {
      const scans = await scansDuring(async () => {
        for (const event of allEvents) {
          const fact = event.of(idOfRow(ROW), new Date(), sampleData(event, ROW));
          await service.hear([fact]).catch(() => undefined);
        }
      });
      expect(scans).toEqual([]);
    }, 600_000);

    it('without an exception that is not needed', () => {
      expect(explained).toBeGreaterThan(FEWEST);
      expect(Object.keys(allowed).filter((text) => !needed.has(text))).toEqual([]);
    });
  });
}
