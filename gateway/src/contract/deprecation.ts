import { isEnumType, isInputObjectType, isInterfaceType, isObjectType, type GraphQLSchema } from 'graphql';

interface Place {
  deprecationReason?: string | null | undefined;
}

/**
 * Day from which a deprecated place may be removed, as its reason says (`2027-03-01`); null when the reason has
 * no day.
 */
export function goesOn(reason: string | null | undefined): string | null {
  const date = /\b\d{4}-\d{2}-\d{2}\b/.exec(reason ?? '')?.[0];
  if (date === undefined || Number.isNaN(Date.parse(date))) return null;
  return date;
}

/** Whether the place at `Type.field.argument` was deprecated until a date that has passed. */
export function isOverdue(schema: GraphQLSchema, path: string, today: string): boolean {
  return placesAt(schema, path).some(({ deprecationReason }) => {
    const date = goesOn(deprecationReason);
    return date !== null && date <= today;
  });
}

/** The place itself, and the field of an argument, because an argument is removed with its field. */
function placesAt(schema: GraphQLSchema, path: string): Place[] {
  const [typeName = '', name = '', argument] = path.split('.');
  const type = schema.getType(typeName);
  if (isEnumType(type)) return present([type.getValue(name)]);
  if (isInputObjectType(type)) return present([type.getFields()[name]]);
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  const field = type.getFields()[name];
  return present([field, field?.args.find((one) => one.name === argument)]);
}

function present(places: (Place | null | undefined)[]): Place[] {
  return places.filter((place) => place !== null && place !== undefined);
}
