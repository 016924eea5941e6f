import type { ConditionNode, FetchNode } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { notCovered } from '../shaping/not-covered.ts';
import { readAnswer } from '../subgraph/read-answer.ts';
import { copy } from '../subgraph/representations.ts';
import type { SubgraphSource } from '../subgraph/subgraph-source.ts';
import { entitiesAt, type Path } from './entities-at.ts';
import { merge } from './merge.ts';
import { representation } from './representation.ts';
import type { Data, Run, Step, Variables } from './run.ts';

export interface Around {
  supergraph: GraphQLSchema;
  sourceOf: (service: string) => SubgraphSource;
  /** Whether @skip and @include leave a part of the plan out. */
  holds: (condition: ConditionNode, given: Variables) => boolean;
}

/** Asks a service for fields of the query itself. */
export function rootStep(node: FetchNode, around: Around): Step {
  if (node.requires) return notCovered('entities at the root');
  const ask = asking(node, around);
  return (run) =>
    ask(run, null, (data) => {
      if (run.root) merge(run.root, data);
      else run.root = data;
    });
}

/** Asks a service for fields of entities that others have found. */
export function entityStep(node: FetchNode, path: Path, around: Around): Step {
  if (!node.requires) return notCovered('no entities');
  const ask = asking(node, around);
  const find = entitiesAt(path);
  const represent = representation(around.supergraph, node.requires);
  return (run) => {
    const wanted = new Wanted(run.root ? find(run.root) : [], represent);
    if (wanted.texts.length === 0) return undefined;
    return ask(run, wanted.texts, ({ _entities }) => wanted.take(_entities as (Data | null)[]));
  };
}

/** Entities to ask for, each once, also when it occurs several times in the answer. */
class Wanted {
  readonly texts: string[] = [];
  readonly #entities: Data[] = [];
  /** For each entity: its place among the texts. */
  readonly #places: number[] = [];

  constructor(entities: readonly Data[], represent: (entity: Data) => string | null) {
    const seen = new Map<string, number>();
    for (const entity of entities) {
      const text = represent(entity);
      if (text === null) continue;
      let place = seen.get(text);
      if (place === undefined) {
        place = this.texts.push(text) - 1;
        seen.set(text, place);
      }
      this.#entities.push(entity);
      this.#places.push(place);
    }
  }

  take(received: readonly (Data | null)[]): void {
    const given = new Set<Data>();
    const repeated = this.texts.length < this.#entities.length;
    this.#entities.forEach((entity, index) => {
      const found = received[this.#places[index] ?? 0];
      if (!found) return;
      const own = repeated && given.has(found) ? (copy(found) as Data) : found;
      if (repeated) given.add(found);
      own.__typename ??= entity.__typename;
      merge(entity, own);
    });
  }
}

type Ask = (run: Run, entities: readonly string[] | null, take: (data: Data) => void) => Promise<void>;

function asking(node: FetchNode, { sourceOf }: Around): Ask {
  if (node.inputRewrites ?? node.outputRewrites ?? node.contextRewrites) return notCovered('rewrites');
  const source = sourceOf(node.serviceName);
  const bodyOf = bodyWriter(node);
  return async (run, entities, take) => {
    const body = bodyOf(run.variables, entities);
    const text = await run.recorded.keep(source.name, body, () => source.read(body, run.context));
    const answer = text === null ? null : readAnswer(text, entities?.length ?? null);
    if (answer?.data && !answer.errors && (!entities || answer.data._entities)) take(answer.data);
    else run.irregular = true;
  };
}

/** The same bytes that the library sends. Everything that is known before the request is written once. */
function bodyWriter({ operation, operationName, variableUsages = [] }: FetchNode) {
  if (variableUsages.includes('representations')) return notCovered('a variable of that name');
  const head = `{"query":${JSON.stringify(operation)},"variables":{`;
  const tail = operationName === undefined ? '}}' : `},"operationName":${JSON.stringify(operationName)}}`;
  const names = variableUsages.map((name) => ({ name, label: `${JSON.stringify(name)}:` }));
  return (variables: Variables, entities: readonly string[] | null): string => {
    const given = names
      .filter(({ name }) => Object.hasOwn(variables, name) && variables[name] !== undefined)
      .map(({ name, label }) => label + JSON.stringify(variables[name]));
    if (entities) given.push(`"representations":[${entities.join(',')}]`);
    return head + given.join(',') + tail;
  };
}
