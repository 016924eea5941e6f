import {
  Kind,
  parse,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLFormattedError,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { SubgraphFailure } from './failure.ts';

export interface MissingPart {
  failure: SubgraphFailure;
  requestId: string;
  /** Query that the service got. */
  query: string;
  /** Entities in the call; null when it asked for fields of the query or mutation itself. */
  representations: readonly unknown[] | null;
  /**
   * For each entity: its place among the objects of the part; null when unknown, then the entities are all
   * objects.
   */
  places: readonly number[] | null;
  /** Operation of the caller, and the place of the service's part in it. */
  incoming: { document: DocumentNode; operation: OperationDefinitionNode };
  at: readonly (string | number)[];
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/**
 * One error for each field that the caller asked for and does not get, with the paths that the service itself
 * would give: the gateway knows the places of the entities. (A thrown error would lose its path.)
 */
export function missingPart(part: MissingPart): GraphQLFormattedError[] {
  const asked = fieldsOf(part.query, part.representations !== null);
  const expected = expectedAt(part);
  const lost = (type: string | null): string[] =>
    [
      ...new Set(
        asked.flatMap((field) =>
          field.on === null || type === null || field.on === type ? [field.key] : [],
        ),
      ),
    ].filter((key) => expected.has(key));

  const paths = part.representations
    ? part.representations.flatMap((representation, index) => {
        const fields = lost(typeOf(representation));
        return (fields.length > 0 ? fields.map((key) => [key]) : [[]]).map((rest) => [
          '_entities',
          part.places?.[index] ?? index,
          ...rest,
        ]);
      })
    : lost(null).map((key) => [key]);
  const { message, extensions } = part.failure;
  const error = { message, extensions: { ...extensions, requestId: part.requestId } };
  return paths.length > 0 ? paths.map((path) => ({ ...error, path })) : [error];
}

interface AskedField {
  key: string;
  /** Type of the object whose field was asked for. */
  on: string | null;
}

/** The fields that a call asks for, without the names of types that every call asks for. */
function fieldsOf(query: string, ofEntities: boolean): AskedField[] {
  const document = parse(query, { noLocation: true });
  const fragments = fragmentsOf(document);
  const operation = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  const root = operation?.selectionSet.selections[0];
  const whole = ofEntities && root?.kind === Kind.FIELD ? root.selectionSet : operation?.selectionSet;
  return whole ? [...fieldsIn(whole, fragments)].map(({ field, on }) => ({ key: keyOf(field), on })) : [];
}

/** Response keys of the caller's operation at the place of the part. */
function expectedAt({ incoming, at }: MissingPart): Set<string> {
  const fragments = fragmentsOf(incoming.document);
  let selected: SelectionSetNode[] = [incoming.operation.selectionSet];
  for (const step of at) {
    if (step === '@' || typeof step === 'number') continue;
    selected = selected.flatMap((set) =>
      [...fieldsIn(set, fragments)].flatMap(({ field }) =>
        keyOf(field) === step && field.selectionSet ? [field.selectionSet] : [],
      ),
    );
  }
  return new Set(selected.flatMap((set) => [...fieldsIn(set, fragments)].map(({ field }) => keyOf(field))));
}

function* fieldsIn(
  { selections }: SelectionSetNode,
  fragments: Fragments,
  on: string | null = null,
): Generator<{ field: FieldNode; on: string | null }> {
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) {
      if (selection.name.value !== '__typename') yield { field: selection, on };
      continue;
    }
    const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    if (inner) yield* fieldsIn(inner.selectionSet, fragments, on ?? inner.typeCondition?.name.value ?? null);
  }
}

function fragmentsOf(document: DocumentNode): Fragments {
  return new Map(
    document.definitions.flatMap((one) =>
      one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [],
    ),
  );
}

function keyOf(field: FieldNode): string {
  return field.alias?.value ?? field.name.value;
}

function typeOf(representation: unknown): string | null {
  const type = (representation as { __typename?: unknown } | null)?.__typename;
  return typeof type === 'string' ? type : null;
}
