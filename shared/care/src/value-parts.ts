import {
  getNamedType,
  isObjectType,
  isUnionType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import type { PartRules } from './part-rules.ts';
import type { Part } from './reach.ts';

/** Types of every list, and of the list of what is withheld. */
const frame = /^(?:PageInfo|FieldAccess|\w+Connection|\w+Edge)$/;

/**
 * Faults of the objects that stand in the record of a client without a client of their own: a note in a list of dates is
 * read with the dates. So each such type names its part, and stands only in fields of that part.
 */
export function valueFaults(schema: GraphQLSchema, rules: PartRules): string[] {
  const types = Object.values(schema.getTypeMap()).filter(isObjectType);
  return types.flatMap((type) => {
    const own = rules.valuePart(type.name);
    if (!own && !rules.isBound(type.name)) return [];
    return Object.values(type.getFields()).flatMap((field) => {
      const part = own ?? rules.of(type.name, field.name);
      const place = `${type.name}.${field.name}`;
      return part
        ? valuesIn(getNamedType(field.type), rules).flatMap((value) => faultOf(value, part, rules, place))
        : [];
    });
  });
}

function faultOf({ name }: GraphQLObjectType, part: Part, rules: PartRules, place: string): string[] {
  const own = rules.valuePart(name);
  return own === part ? [] : [`${name} (${own ?? 'no part'}) in ${place} (${part})`];
}

/** The objects behind a field that are neither of a client nor open; through lists and unions. */
function valuesIn(type: GraphQLNamedType, rules: PartRules): GraphQLObjectType[] {
  if (isUnionType(type)) return type.getTypes().flatMap((member) => valuesIn(member, rules));
  if (!isObjectType(type) || rules.isBound(type.name) || rules.isOpen(type.name)) return [];
  if (!frame.test(type.name)) return [type];
  return Object.values(type.getFields()).flatMap((field) => valuesIn(getNamedType(field.type), rules));
}
