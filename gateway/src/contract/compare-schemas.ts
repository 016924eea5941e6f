import { CriticalityLevel, diff } from '@graphql-inspector/core';
import {
  buildSchema,
  getNamedType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  parse,
  printSchema,
  validate,
  type GraphQLNamedType,
  type GraphQLSchema,
  type GraphQLType,
} from 'graphql';
import { isOverdue } from './deprecation.ts';

export interface SchemaStep {
  before: GraphQLSchema;
  after: GraphQLSchema;
  /** Known operations of front ends: texts by file name. */
  operations: ReadonlyMap<string, string>;
  /** `2026-11-24` */
  today: string;
}

export interface SchemaVerdict {
  /** One sentence per change, breaking changes first. Changes of descriptions share one sentence. */
  changes: string[];
  /** Why the new schema may not be served yet; empty when it may. */
  faults: string[];
}

const order = [CriticalityLevel.Breaking, CriticalityLevel.Dangerous, CriticalityLevel.NonBreaking];
const labels = {
  [CriticalityLevel.Breaking]: '**breaking** ',
  [CriticalityLevel.Dangerous]: '**take care** ',
  [CriticalityLevel.NonBreaking]: '',
};

/**
 * Changes between two schemas, and the breaking ones. A breaking change is permitted when its place was
 * deprecated until a date that has passed and no known operation uses it.
 */
export async function compareSchemas({
  before,
  after,
  operations,
  today,
}: SchemaStep): Promise<SchemaVerdict> {
  const found = (await diff(normal(before), normal(after))).filter(
    // Deprecation is a change of its own.
    ({ type }) => !String(type).startsWith('DIRECTIVE_USAGE'),
  );
  const described = found.filter(isOfDescription).length;
  const ranked = order.flatMap((level) =>
    found.filter((one) => one.criticality.level === level && !isOfDescription(one)),
  );
  const faults = found
    .filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking)
    .filter(({ path }) => !mayGo({ before, after, today }, path ?? ''))
    .map(({ message }) => `${message}: it was not deprecated until a date that has passed`);
  return {
    changes: [
      ...ranked.map(({ criticality, message }) => `${labels[criticality.level]}${message}`),
      ...(described > 0 ? [`Descriptions that are new or say it differently: ${described}`] : []),
    ],
    faults: [...faults, ...misfits(after, operations)],
  };
}

/** No program depends on a description, and the schema shows the present one. */
function isOfDescription({ type }: { type: string }): boolean {
  return type.includes('DESCRIPTION');
}

/** Both schemas are printed and read again, so that only what callers can see is compared. */
function normal(schema: GraphQLSchema): GraphQLSchema {
  return buildSchema(printSchema(schema));
}

/** A type cannot be deprecated. It may be removed when every field that led to it was removed with notice. */
function mayGo({ before, after, today }: Omit<SchemaStep, 'operations'>, path: string): boolean {
  const isTypeRemoved = !path.includes('.') && before.getType(path) && !after.getType(path);
  if (!isTypeRemoved) return isOverdue(before, path, today);
  return waysTo(before, path).every((way) => {
    const [owner = ''] = way.split('.');
    return !after.getType(owner) || isOverdue(before, way, today);
  });
}

interface Way {
  path: string;
  type: GraphQLType;
}

/** The fields, arguments and input fields of that type. */
function waysTo(schema: GraphQLSchema, wanted: string): string[] {
  return Object.values(schema.getTypeMap())
    .flatMap(waysOf)
    .filter(({ type }) => getNamedType(type).name === wanted)
    .map(({ path }) => path);
}

function waysOf(type: GraphQLNamedType): Way[] {
  const below = (name: string): string => `${type.name}.${name}`;
  if (isInputObjectType(type))
    return Object.values(type.getFields()).map((field) => ({ path: below(field.name), type: field.type }));
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  return Object.values(type.getFields()).flatMap((field) => [
    { path: below(field.name), type: field.type },
    ...field.args.map((one) => ({ path: `${below(field.name)}.${one.name}`, type: one.type })),
  ]);
}

function misfits(schema: GraphQLSchema, operations: ReadonlyMap<string, string>): string[] {
  return [...operations].flatMap(([file, text]) =>
    validate(schema, parse(text)).map(({ message }) => `${file} would break: ${message}`),
  );
}
