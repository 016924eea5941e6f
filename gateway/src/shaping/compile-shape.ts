import {
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
  type CompositeType,
  type OutputType,
  type Schema,
  type SelectionSet,
} from '@apollo/federation-internals';
import { collectFields, type CollectedField, type Conditions } from './collect-fields.ts';
import { leafShape } from './leaf-shape.ts';
import { notCovered } from './not-covered.ts';
import { objectMaker, type Data } from './object-maker.ts';

/** Makes a value of the answer from the data of the services; throws NotCovered at anything unusual. */
export type Shape = (value: unknown) => unknown;

interface Surroundings {
  schema: Schema;
  conditions: Conditions;
}

type ObjectShape = (value: Data) => Data;

/** Shape of a whole answer: the root is an object that is neither null nor in a list. */
export function compileRoot(root: CompositeType, selectionSet: SelectionSet, around: Surroundings): Shape {
  return compositeShape(root, [selectionSet], around);
}

function shapeOf(type: OutputType, selectionSets: SelectionSet[], around: Surroundings): Shape {
  if (isNonNullType(type)) return nonNullShape(shapeOf(type.ofType as OutputType, selectionSets, around));
  if (isListType(type)) return listShape(shapeOf(type.ofType as OutputType, selectionSets, around));
  if (isCompositeType(type)) return compositeShape(type, selectionSets, around);
  return leafShape(around.schema, type);
}

function nonNullShape(inner: Shape): Shape {
  return (value) => (value === null || value === undefined ? notCovered('null') : inner(value));
}

function listShape(inner: Shape): Shape {
  return (value) => {
    if (value === null || value === undefined) return null;
    if (!Array.isArray(value)) return notCovered('no list');
    const shaped: unknown[] = [];
    // A hole is undefined. The library refuses it, so this is left to the library.
    for (const item of value as unknown[]) shaped.push(item === undefined ? notCovered('hole') : inner(item));
    return shaped;
  };
}

/** The fields of an object in the answer depend on its type; they are computed once per type. */
function compositeShape(declared: CompositeType, selectionSets: SelectionSet[], around: Surroundings): Shape {
  const byTypename = new Map<unknown, ObjectShape>();
  return (value) => {
    if (value === null || value === undefined) return null;
    if (typeof value !== 'object' || Array.isArray(value)) return notCovered('no object');
    const typename = (value as Data).__typename;
    let shape = byTypename.get(typename);
    if (!shape) {
      shape = objectShape(concrete(typename, declared, around.schema), selectionSets, around);
      byTypename.set(typename, shape);
    }
    return shape(value as Data);
  };
}

interface Concrete {
  /** Null when no service gave the type; then the schema alone decides which fragments apply. */
  typename: string | null;
  type: CompositeType;
}

function concrete(typename: unknown, declared: CompositeType, schema: Schema): Concrete {
  if (typename === undefined) return { typename: null, type: declared };
  const type = typeof typename === 'string' ? schema.type(typename) : undefined;
  if (!type || !isObjectType(type)) return notCovered('unknown type');
  return { typename: type.name, type };
}

function objectShape(
  { typename, type }: Concrete,
  selectionSets: SelectionSet[],
  around: Surroundings,
): ObjectShape {
  const fields = collectFields({ typename, ...around }, type, selectionSets);
  return objectMaker([...fields].map(([name, field]) => ({ name, make: fieldShape(field, around) })));
}

function fieldShape(field: CollectedField, around: Surroundings): Shape {
  if (field.kind === 'typename') return typenameShape(field.typename);
  return shapeOf(field.type, field.selectionSets, around);
}

/** A service may have been asked for the type under this name; then its answer counts. */
function typenameShape(typename: string): Shape {
  return (told) => ((told ?? typename) === typename ? typename : notCovered('another type'));
}
