import {
  GraphQLError,
  getNamedType,
  isObjectType,
  isUnionType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import { entity, numberOf, type Thing } from './thing.ts';
import type { Wishes } from './wishes.ts';

interface Change {
  args: Record<string, unknown>;
  wishes: Wishes;
}

/** What a mutation answers: its success, about the object that the input names, or the problem that was wished for. */
export function outcomeOf(schema: GraphQLSchema, returnType: GraphQLOutputType, change: Change): Thing {
  const type = getNamedType(returnType);
  const members = isUnionType(type) ? type.getTypes() : isObjectType(type) ? [type] : [];
  const isProblem = (member: GraphQLObjectType): boolean =>
    member.getInterfaces().some(({ name }) => name === 'Problem');
  const { problem } = change.wishes;
  const chosen = members.find((member) => (problem === null ? !isProblem(member) : member.name === problem));
  if (!chosen) throw impossible(type.name, members.filter(isProblem));
  const { id, ...value } = entity(chosen.name, numberOf(idIn(change.args)));
  return 'id' in (schema.getType(chosen.name) as GraphQLObjectType).getFields() && id
    ? { ...value, id }
    : value;
}

function idIn({ input }: Record<string, unknown>): string {
  const fields = Object.entries((input ?? {}) as Record<string, unknown>);
  const [, id] = fields.find(([name, value]) => /id$/i.test(name) && typeof value === 'string') ?? [];
  return typeof id === 'string' ? id : JSON.stringify(fields);
}

function impossible(result: string, problems: readonly GraphQLObjectType[]): GraphQLError {
  const names = problems.map(({ name }) => name).join(', ');
  return new GraphQLError(`x-mock-problem for ${result} is one of ${names}.`, {
    extensions: { code: 'BAD_USER_INPUT' },
  });
}
