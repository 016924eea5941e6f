import { eventually } from './eventually.ts';
import { referenceableEntities, type ReferenceableEntity } from './entity-references.ts';

export interface EntityStatements {
  /** The whole SDL of the subgraph. */
  sdl: string;
  /** Ids of fifty entities of each type, all of which the person who asks may read. */
  ids(): Record<string, readonly string[]>;
  /** Asks as that person, and says which statements read the service's tables meanwhile. */
  ask(query: string, representations: object[]): Promise<{ entities: unknown[]; statements: string[] }>;
  /**
   * Fields whose value stands in rows of another type, as `Type.field`, with these rows: one statement more, however
   * many entities ask for it.
   */
  elsewhere?: Record<string, string>;
}

/**
 * One statement for each entity type of an `_entities` call, with the permission to read it, whether one entity is
 * asked for or fifty. Types that only add fields to another service's entity have no row of their own to read: their
 * fields are counted one by one.
 */
export function describeEntityStatements(parts: EntityStatements): void {
  const { elsewhere = {} } = parts;
  const cases = referenceableEntities(parts.sdl).flatMap((entity) => casesOf(entity, elsewhere));

  describe('entities asked for by reference', () => {
    it.each(cases)('$title: $count, for 50 as for 1', async ({ type, selection, count }) => {
      const ids = parts.ids()[type] ?? [];
      expect([type, new Set(ids).size]).toEqual([type, 50]);
      for (const some of [ids, ids.slice(0, 1)]) {
        const representations = some.map((id) => ({ __typename: type, id }));
        const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${type} { id ${selection} } } }`;
        // Reactions to what was just written read, too: what they add is gone when they have ended.
        await eventually(
          async () => {
            const { entities, statements } = await parts.ask(query, representations);
            expect(entities.map((entity) => (entity as { id?: string } | null)?.id)).toEqual(some);
            expect(statements).toHaveLength(count);
          },
          { timeoutMs: 10_000 },
        );
      }
    });

    it('know every field that is said to stand elsewhere', () => {
      const known = cases.flatMap(({ type, fields }) => fields.map((field) => `${type}.${field}`));
      expect(Object.keys(elsewhere).filter((place) => !known.includes(place))).toEqual([]);
    });
  });
}

interface Case {
  title: string;
  type: string;
  fields: string[];
  selection: string;
  count: number;
}

function casesOf({ name: type, values, objects }: ReferenceableEntity, elsewhere: object): Case[] {
  const isElsewhere = (field: string) => `${type}.${field}` in elsewhere;
  const one = (field: string, selection = field): Case => ({
    ...{ title: `${type}.${field}`, type, fields: [field], selection },
    count: isElsewhere(field) ? 2 : 1,
  });
  const own = values.filter((field) => !isElsewhere(field));
  const apart = values.filter(isElsewhere).map((field) => one(field));
  if (own.length === 0) return [...apart, ...objects.map((field) => one(field, `${field} { __typename }`))];
  return [{ title: type, type, fields: own, selection: own.join(' '), count: 1 }, ...apart];
}
