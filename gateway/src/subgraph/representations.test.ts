import * as fc from 'fast-check';
import { distinct, expand, type SubgraphAnswer } from './representations.ts';

interface Representation {
  __typename: string;
  id: string;
}

const representation = fc.record({
  __typename: fc.constantFrom('Client', 'Referral'),
  id: fc.constantFrom('a', 'b', 'c', 'd'),
});

/** A service whose answer about an entity depends on the entity alone. */
function answerOf(representations: readonly Representation[], failing: ReadonlySet<string>): SubgraphAnswer {
  const errors = representations.flatMap(({ id }, index) =>
    failing.has(id) ? [{ message: `no ${id}`, path: ['_entities', index, 'notes', 0] }] : [],
  );
  const _entities = representations.map((one) =>
    failing.has(one.id) ? null : { ...one, notes: [{ of: one.id }], empty: [], nothing: null },
  );
  return { data: { _entities }, ...(errors.length > 0 && { errors }) };
}

const sorted = ({ errors = [] }: SubgraphAnswer): string[] =>
  errors.map((error) => JSON.stringify(error)).sort();

describe('entities asked for once', () => {
  it('answer what asking for every one of them answers, with the errors of each', () => {
    const repeated = { dense: 0 };
    fc.assert(
      fc.property(
        fc.array(representation, { maxLength: 20 }),
        fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 2 }),
        (representations, failing) => {
          const plain = answerOf(representations, new Set(failing));
          const once = distinct(representations);
          if (!once) return;
          repeated.dense += 1;
          expect(once.representations.length).toBeLessThan(representations.length);
          const answer = expand(
            answerOf(once.representations as Representation[], new Set(failing)),
            once.places,
          );
          expect(answer.data).toEqual(plain.data);
          expect(sorted(answer)).toEqual(sorted(plain));
        },
      ),
    );
    expect(repeated.dense).toBeGreaterThan(20);
  });

  it('share nothing that the gateway could write into', () => {
    const answer = expand({ data: { _entities: [{ notes: [{ of: 'a' }] }] } }, [0, 0]);
    const [first, second] = answer.data?._entities as [{ notes: object[] }, { notes: object[] }];
    expect(first).toEqual(second);
    expect(first).not.toBe(second);
    expect(first.notes[0]).not.toBe(second.notes[0]);
  });

  it('keep a key that would be a prototype a key', () => {
    const entity: unknown = JSON.parse('{"__proto__":{"admin":true}}');
    const { data } = expand({ data: { _entities: [entity] } }, [0, 0]);
    expect(JSON.stringify(data)).toBe(
      '{"_entities":[{"__proto__":{"admin":true}},{"__proto__":{"admin":true}}]}',
    );
  });

  it('leave an answer alone that is about no entity', () => {
    const answer = { errors: [{ message: 'no', path: ['_entities'] }, { message: 'nothing' }] };
    expect(expand(answer, [0, 0])).toEqual(answer);
    expect(distinct([{ id: 'a' }, { id: 'b' }])).toBeNull();
  });
});
