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
  /** What the service was asked. */
  query: string;
  /** The entities that it was asked for; null when it was asked for fields of the query or mutation itself. */
  representations: readonly unknown[] | null;
  /** Where each entity is among the objects at the place of the part; null: it is not known, they are all there is. */
  places: readonly number[] | null;
  /** What the caller asked, and where in it the service's part is. */
  incoming: { document: DocumentNode; operation: OperationDefinitionNode };
  at: readonly (string | number)[];
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/**
 * One error for each field that the caller asked for and does not get, with paths as the service itself would have
 * written them: the gateway knows where the entities stand. (An error that is thrown instead loses its path.)
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
  /** The type that the field was asked of. */
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

/** The keys that the caller's operation has at the place of the part. */
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
