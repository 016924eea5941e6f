import { join } from 'node:path';
import { apiSchema, type GraphName } from '@throughline/gateway/contract';
import { AccessRules, allows } from '@throughline/graphql';
import { readServiceSdl } from '@throughline/service/sdl';
import { demonstrationPeople } from '@throughline/sign-in';
import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isRequiredInputField,
  parse,
  type GraphQLField,
  type GraphQLInputType,
} from 'graphql';

/** One mutation with an input that cannot be read, by a person whose role permits it. */
export interface UnreadableInput {
  mutation: string;
  person: string;
  query: string;
  input: unknown;
  /** Paths of all faults, in order of their names. */
  faults: readonly string[];
}

export const hows = ['another kind of JSON', 'the right kind with a wrong value', 'nothing'] as const;
export type How = (typeof hows)[number];

const wrong: Record<Exclude<How, 'nothing'>, Record<string, unknown>> = {
  'another kind of JSON': {
    Int: 'seven',
    Float: 'half',
    String: 7,
    Boolean: 'yes',
    ID: { no: 'id' },
    enum: 3,
  },
  'the right kind with a wrong value': {
    Int: 1.5,
    Float: 'half',
    String: '\u0000',
    ID: 'no id',
    enum: 'NO_SUCH_VALUE',
  },
};

const services = ['clients', 'treatment', 'referrals', 'notifications'] as const;
const rules = services.map(
  (name) =>
    new AccessRules(parse(readServiceSdl(name, join(import.meta.dirname, '../../services', name, 'src')))),
);

/** Every mutation of a graph with an input in which each field is wrong. */
export function unreadableInputs(graph: GraphName, how: How): UnreadableInput[] {
  const mutations = Object.values(apiSchema(graph).getMutationType()?.getFields() ?? {});
  return mutations.flatMap((mutation) => {
    const [input, another] = mutation.args;
    if (input?.name !== 'input' || another)
      throw new Error(`${mutation.name} has another argument than input`);
    const made = how === 'nothing' ? nothing(input.type) : wrongInput(input.type, wrong[how], '');
    return made.faults.length === 0
      ? []
      : [{ ...asking(mutation, graph), input: made.value, faults: made.faults }];
  });
}

function asking(mutation: GraphQLField<unknown, unknown>, graph: GraphName) {
  const answer = `answer: ${mutation.name}(input: $input) { __typename ... on InvalidInput { issues { path } } }`;
  const query = ['mutation Wrong($input: ', mutation.args[0]?.type, ') {', answer, '}'].join(' ');
  return { mutation: mutation.name, person: whoMay(mutation.name, graph), query };
}

function whoMay(mutation: string, graph: GraphName): string {
  const rule = rules.map((one) => one.of('Mutation', mutation)).find((one) => one !== null);
  const viewerGraph = graph === 'staff' ? 'STAFF' : 'PARTNER';
  const person = demonstrationPeople.find(
    ({ kind, roles }) =>
      (kind === 'STAFF') === (graph === 'staff') &&
      rule &&
      allows(rule, { graph: viewerGraph, roles } as never),
  );
  if (!person) throw new Error(`Nobody in the demonstration may ask for ${mutation}`);
  return person.key;
}

interface Made {
  value: unknown;
  faults: string[];
}

/** Without the fields that must be given. */
function nothing(type: GraphQLInputType): Made {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) throw new Error(`${String(type)} is no input`);
  const faults = Object.values(named.getFields()).filter(isRequiredInputField);
  return { value: {}, faults: faults.map(({ name }) => name).sort() };
}

function wrongInput(type: GraphQLInputType, values: Record<string, unknown>, path: string): Made {
  const bare = getNullableType(type);
  if (isListType(bare)) {
    const { value, faults } = wrongInput(bare.ofType, values, `${path}.0`);
    return { value: [value], faults };
  }
  if (!isInputObjectType(bare)) {
    const named = getNamedType(bare);
    const value = isEnumType(named) ? values.enum : named.name in values ? values[named.name] : 7;
    return { value, faults: [path] };
  }
  const fields = Object.values(bare.getFields()).map(
    (field) =>
      [field.name, wrongInput(field.type, values, path ? `${path}.${field.name}` : field.name)] as const,
  );
  return {
    value: Object.fromEntries(fields.map(([name, { value }]) => [name, value])),
    faults: fields.flatMap(([, { faults }]) => faults).sort(),
  };
}
