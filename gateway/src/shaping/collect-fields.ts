import {
  isObjectType,
  isSubtype,
  Variable,
  type CompositeType,
  type OutputType,
  type Schema,
  type Selection,
  type SelectionSet,
} from '@apollo/federation-internals';
import { notCovered } from './not-covered.ts';

/** Values of the variables of @skip and @include. */
export type Conditions = ReadonlyMap<string, boolean>;

/** A field of the answer. Several selections of it are merged in their order. */
export type CollectedField =
  { kind: 'typename'; typename: string } | { kind: 'data'; type: OutputType; selectionSets: SelectionSet[] };

interface About {
  typename: string | null;
  schema: Schema;
  conditions: Conditions;
}

/**
 * Fields of an object of that type in the answer, in order. The same walk as in the library, before the data is
 * known.
 */
export function collectFields(
  about: About,
  type: CompositeType,
  selectionSets: readonly SelectionSet[],
): Map<string, CollectedField> {
  const fields = new Map<string, CollectedField>();
  for (const selectionSet of selectionSets) collect(about, { type, selectionSet, fields });
  return fields;
}

interface Place {
  type: CompositeType;
  selectionSet: SelectionSet;
  fields: Map<string, CollectedField>;
}

function collect(about: About, { type, selectionSet, fields }: Place): void {
  for (const selection of selectionSet.selections()) {
    if (isSkipped(selection, about)) continue;
    if (selection.kind === 'FieldSelection') {
      add(selection, { about, type, fields });
      continue;
    }
    const { typeCondition } = selection.element;
    if (!applies(typeCondition, type, about)) continue;
    collect(about, { type: typeCondition ?? type, selectionSet: selection.selectionSet, fields });
  }
}

function applies(condition: CompositeType | undefined, type: CompositeType, about: About): boolean {
  if (!condition) return true;
  const actual = about.typename === null ? type : about.schema.type(about.typename);
  return actual !== undefined && isSubtype(condition, actual as CompositeType);
}

function add(
  selection: Extract<Selection, { kind: 'FieldSelection' }>,
  { about, type, fields }: { about: About; type: CompositeType; fields: Map<string, CollectedField> },
): void {
  const { element } = selection;
  const name = element.responseName();
  // A name that every object inherits could be read or set without being a field.
  if (name in Object.prototype || element.definition.isSchemaIntrospectionField()) notCovered('name');

  const found = fields.get(name);
  if (element.name === '__typename') {
    if (!found) fields.set(name, { kind: 'typename', typename: typenameOf(about, type) });
    return;
  }
  const { type: returned } = element.definition;
  if (!returned) return notCovered('no type');
  if (!found) {
    const selectionSets = selection.selectionSet ? [selection.selectionSet] : [];
    fields.set(name, { kind: 'data', type: returned, selectionSets });
  } else if (selection.selectionSet) merge(found, selection.selectionSet, returned);
}

function typenameOf({ typename }: About, type: CompositeType): string {
  if (typename !== null) return typename;
  return isObjectType(type) ? type.name : notCovered('abstract type');
}

/** The first selection decides whether null is permitted; the library handles two that differ. */
function merge(found: CollectedField, selectionSet: SelectionSet, returned: OutputType): void {
  if (found.kind === 'typename' || String(found.type) !== String(returned)) return notCovered('two types');
  found.selectionSets.push(selectionSet);
}

function isSkipped({ element }: Selection, { schema, conditions }: About): boolean {
  const skip = element.appliedDirectivesOf(schema.skipDirective())[0];
  if (skip && holds(skip.arguments().if, conditions)) return true;
  const include = element.appliedDirectivesOf(schema.includeDirective())[0];
  return include !== undefined && !holds(include.arguments().if, conditions);
}

function holds(condition: unknown, conditions: Conditions): boolean {
  if (condition instanceof Variable) return conditions.get(condition.name) ?? notCovered('no condition');
  return typeof condition === 'boolean' ? condition : notCovered('no condition');
}

/** Names of the variables on which it depends what an answer has. */
export function conditionNames(schema: Schema, selectionSet: SelectionSet): Set<string> {
  const names = new Set<string>();
  const visit = (set: SelectionSet): void => {
    for (const { element, selectionSet: below } of set.selections()) {
      for (const directive of [schema.skipDirective(), schema.includeDirective()]) {
        for (const applied of element.appliedDirectivesOf(directive)) {
          const condition: unknown = applied.arguments().if;
          if (condition instanceof Variable) names.add(condition.name);
        }
      }
      if (below) visit(below);
    }
  };
  visit(selectionSet);
  return names;
}
