import { formFaults, type InputIssue } from '@throughline/graphql';
import {
  GraphQLError,
  getNamedType,
  isObjectType,
  isUnionType,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import { entity, numberOf, type Thing } from './thing.ts';
import type { Wishes } from './wishes.ts';

interface Change {
  /** Type of the argument `input`. */
  input: GraphQLInputType | undefined;
  args: Record<string, unknown>;
  wishes: Wishes;
}

/**
 * What a mutation answers: the problem that was wished for, the faults of the form of its input as the real graph
 * finds them, or its success, about the object that the input names.
 */
export function outcomeOf(schema: GraphQLSchema, returnType: GraphQLOutputType, change: Change): Thing {
  const type = getNamedType(returnType);
  const members = isUnionType(type) ? type.getTypes() : isObjectType(type) ? [type] : [];
  const isProblem = (member: GraphQLObjectType): boolean =>
    member.getInterfaces().some(({ name }) => name === 'Problem');
  const { problem } = change.wishes;
  const faults = problem === null && change.input ? formFaults(change.input, change.args.input) : [];
  if (faults.length > 0 && members.some(({ name }) => name === 'InvalidInput')) return invalid(faults);
  const chosen = members.find((member) => (problem === null ? !isProblem(member) : member.name === problem));
  if (!chosen) throw impossible(type.name, members.filter(isProblem));
  const { id, ...value } = entity(chosen.name, numberOf(idIn(change.args)));
  return 'id' in (schema.getType(chosen.name) as GraphQLObjectType).getFields() && id
    ? { ...value, id }
    : value;
}

function invalid(faults: readonly InputIssue[]): Thing {
  const known = (typename: string, given: Readonly<Record<string, unknown>>): Thing => {
    return { __typename: typename, number: 0, about: typename, given };
  };
  const issues = faults.map((fault) => known('InputIssue', { ...fault }));
  return known('InvalidInput', { message: 'The input has faults: see issues.', issues });
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
