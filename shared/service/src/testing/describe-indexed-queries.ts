import { allEvents } from '@throughline/events';
import { roles, type Role, type Viewer } from '@throughline/graphql';
import {
  ASKED,
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
  /** Operations to ask in addition: values that decide which statement runs. */
  also?: readonly string[];
  /** Statements that may read a table from its first row to its last: a part of their text, and why. */
  allowed?: Readonly<Record<string, string>>;
}

/** A service has more statements than this; fewer mean that nothing was asked. */
const FEWEST = 20;

const viewers = roles
  .filter((role) => role !== 'SYSTEM')
  .map((role): [Role, Viewer] => [role, viewerOf(role)]);

function viewerOf(role: Role): Viewer {
  const id = idOfRow(ASKED);
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
  also = [],
  allowed = {},
  ...tested
}: IndexedQueries<Config>): void {
  const needed = new Set<string>();
  /** What the plan of each text reads from the first row to the last: another role that asks the same needs no other plan. */
  const explained = new Map<string, string[]>();
  let service: Awaited<ReturnType<typeof startTestService<Config>>>;
  let large: LargeDatabase;

  beforeAll(async () => {
    service = await startTestService(tested);
    // The roles of a viewer count as far as the record of the member of staff has them.
    large = await largeDatabase(service.database, { roles });
  }, 600_000);
  afterAll(async () => {
    await large.close();
    await service.close();
  });

  async function scansDuring(work: () => Promise<unknown>): Promise<string[]> {
    const statements = await statementsDuring(service.db, work);
    const scans: string[] = [];
    for (const statement of statements) {
      const exception = Object.keys(allowed).find((text) => statement.sql.includes(text));
      const tables = explained.get(statement.sql) ?? (await large.scannedTables(statement));
      explained.set(statement.sql, tables);
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
          for (const query of [...everyQuery(schema, idOfRow(ASKED)), ...also])
            await service.ask(viewer, query);
        });
        expect(scans).toEqual([]);
      },
      600_000,
    );

    it('whatever fact the service hears', async () => {
      const scans = await scansDuring(async () => {
        for (const event of allEvents) {
          const fact = event.of(idOfRow(ASKED), new Date(), sampleData(event, ASKED));
          await service.hear([fact]).catch(() => undefined);
        }
      });
      expect(scans).toEqual([]);
    }, 600_000);

    it('without an exception that is not needed', () => {
      expect(explained.size).toBeGreaterThan(FEWEST);
      expect(Object.keys(allowed).filter((text) => !needed.has(text))).toEqual([]);
    });
  });
}
