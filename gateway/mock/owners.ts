import { Kind, parse, type ConstDirectiveNode } from 'graphql';

/** The only service that answers a field; null when several can. */
export type OwnerOf = (type: string, field: string) => string | null;

/** Which service a field comes from, as the supergraph says it. */
export function ownersOf(supergraph: string): OwnerOf {
  const owners = new Map<string, string[]>();
  for (const definition of parse(supergraph).definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    const ofType = graphsIn(definition.directives, 'join__type');
    for (const { name, directives } of definition.fields ?? []) {
      const own = graphsIn(directives, 'join__field');
      owners.set(`${definition.name.value}.${name.value}`, own.length > 0 ? own : ofType);
    }
  }
  return (type, field) => {
    const [only = null, another] = owners.get(`${type}.${field}`) ?? [];
    return another === undefined ? only : null;
  };
}

function graphsIn(directives: readonly ConstDirectiveNode[] = [], wanted: string): string[] {
  return directives
    .filter(({ name }) => name.value === wanted)
    .flatMap(({ arguments: given }) => given?.find(({ name }) => name.value === 'graph') ?? [])
    .flatMap(({ value }) => (value.kind === Kind.ENUM ? [value.value.toLowerCase()] : []));
}
