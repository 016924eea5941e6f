import {
  buildSchema,
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import { composedSupergraph, graphNames } from './supergraph/composed.ts';

type Owned = GraphQLObjectType | GraphQLInterfaceType;

/** What the directives of a composed file say of a type or a field. */
function joined({ astNode }: Owned | GraphQLField<unknown, unknown>, directive: string) {
  return (astNode?.directives ?? [])
    .filter(({ name }) => name.value === directive)
    .map(({ arguments: args = [] }) => {
      const value = (wanted: string) => args.find(({ name }) => name.value === wanted)?.value;
      const graph = value('graph');
      return {
        graph: graph?.kind === Kind.ENUM ? graph.value : null,
        hasKey: value('key') !== undefined,
        elsewhere: value('external') !== undefined,
      };
    });
}

const graphsOf = (type: Owned): string[] => [
  ...new Set(joined(type, 'join__type').map(({ graph }) => graph ?? '')),
];

/** Where a field is resolved: the services that say so, or all that have the type. */
function resolvedIn(type: Owned, field: GraphQLField<unknown, unknown>): string[] {
  const said = joined(field, 'join__field').filter(({ elsewhere }) => !elsewhere);
  return said.length > 0 ? said.map(({ graph }) => graph ?? '') : graphsOf(type);
}

/** The service that an entity belongs to: the one that tells most of it. Null: the type is no shared entity. */
function ownerOf(type: Owned): string | null {
  const graphs = graphsOf(type);
  if (graphs.length < 2 || !joined(type, 'join__type').some(({ hasKey }) => hasKey)) return null;
  const tells = (graph: string) =>
    Object.values(type.getFields()).filter((field) => resolvedIn(type, field).includes(graph)).length;
  return graphs.reduce((best, graph) => (tells(graph) > tells(best) ? graph : best));
}

/** Whether a value that could not be had takes the object around it with it. */
function takesParent(type: GraphQLOutputType): boolean {
  return isNonNullType(type) && (!isListType(type.ofType) || isNonNullType(type.ofType.ofType));
}

function meant(schema: GraphQLSchema, type: GraphQLOutputType): readonly Owned[] {
  const named = getNamedType(type);
  if (isAbstractType(named)) return schema.getPossibleTypes(named);
  return isObjectType(named) ? [named] : [];
}

function violations(schema: GraphQLSchema): string[] {
  return Object.values(schema.getTypeMap()).flatMap((type) => {
    if (!isObjectType(type) && !isInterfaceType(type)) return [];
    if (type.name.startsWith('__')) return [];
    const owner = ownerOf(type);
    return Object.values(type.getFields()).flatMap((field) => {
      const where = resolvedIn(type, field);
      const place = `${type.name}.${field.name}: ${String(field.type)}`;
      const added = owner !== null && !where.includes(owner);
      if (added && isNonNullType(field.type)) return [`${place} is added by ${where.join()}`];
      const foreign = meant(schema, field.type)
        .map(ownerOf)
        .some((one) => one !== null && !where.includes(one));
      return foreign && takesParent(field.type) ? [`${place} stands for what another service tells`] : [];
    });
  });
}

describe.each(graphNames)('the %s graph', (graph) => {
  const sdl = composedSupergraph(graph);

  it('lets no service take away what another one tells', () => {
    const schema = buildSchema(sdl, { assumeValidSDL: true });
    const shared = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) && ownerOf(type));
    expect(shared.length).toBeGreaterThan(2);
    expect(violations(schema)).toEqual([]);
  });
});
