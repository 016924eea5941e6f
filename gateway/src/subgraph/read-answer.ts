import type { GraphQLFormattedError } from 'graphql';
import type { SubgraphAnswer } from './representations.ts';

/**
 * Answer of a service; null when it is no answer of a GraphQL server. `entities` is the number that the call
 * asked for: with fewer or more, entities could go to the wrong objects.
 */
export function readAnswer(text: string, entities: number | null): SubgraphAnswer | null {
  const answer = parseJson(text);
  if (!isObject(answer)) return null;
  const { data, errors } = answer;
  if (data !== undefined && data !== null && !isObject(data)) return null;
  if (errors !== undefined && !areErrors(errors)) return null;
  if (!data && !errors?.length) return null;
  if (data && entities !== null && !areEntities(data._entities, entities, errors)) return null;
  if (!errors) return data ? { data } : {};
  return data ? { data, errors } : { errors };
}

function areEntities(value: unknown, count: number, errors: unknown): boolean {
  if (value === null || value === undefined) return errors !== undefined;
  return (
    Array.isArray(value) && value.length === count && value.every((one) => one === null || isObject(one))
  );
}

function areErrors(value: unknown): value is GraphQLFormattedError[] {
  return Array.isArray(value) && value.every((one) => isObject(one) && typeof one.message === 'string');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
