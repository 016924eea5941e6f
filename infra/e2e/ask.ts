import type { GraphQLClient } from '@throughline/testing';

/** The one field of an operation's answer; errors fail the test with their texts. */
export async function ask<Value>(
  client: GraphQLClient,
  operation: string,
  variables: Record<string, unknown> = {},
): Promise<Value> {
  const { data, errors } = await client<Record<string, Value>>(operation, variables);
  if (errors.length > 0)
    throw new Error(errors.map(({ message, path }) => `${String(path)}: ${message}`).join('\n'));
  const [value] = Object.values(data ?? {});
  return value as Value;
}

/** What every mutation answers: the entity, or a problem. */
export interface Outcome {
  __typename: string;
  id: string;
  version: number;
  message?: string;
}
