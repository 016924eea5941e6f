import { getNullableType, isInputObjectType, isListType, type GraphQLInputType } from 'graphql';
import { isUuid } from './batch.ts';
import { unreadable } from './unreadable.ts';

/**
 * The input with each id in small letters, as the database writes it. A rule, the key of a fact and the row of an answer
 * would take two ways of writing one id for two ids.
 */
export function withSmallIds(type: GraphQLInputType, value: unknown): unknown {
  if (value === null || value === undefined || unreadable(value)) return value;
  const inner = getNullableType(type);
  if (isListType(inner)) return (value as unknown[]).map((one) => withSmallIds(inner.ofType, one));
  if (!isInputObjectType(inner))
    return inner.name === 'ID' && typeof value === 'string' && isUuid(value) ? value.toLowerCase() : value;
  const fields = inner.getFields();
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => {
      const field = fields[name];
      return [name, field ? withSmallIds(field.type, one) : one];
    }),
  );
}
