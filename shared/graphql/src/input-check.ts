import {
  getNullableType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isScalarType,
  Kind,
  valueFromASTUntyped,
  type ConstDirectiveNode,
  type GraphQLInputField,
  type GraphQLInputType,
} from 'graphql';
import { isUuid } from './batch.ts';
import type { InputIssue } from './problems.ts';
import { unreadable } from './unreadable.ts';
import { isBlank, isLongerThan, isReadable } from './text.ts';

/** Limits of a field without a directive. */
const usual = { text: 2_000, list: 100, idempotencyKey: 200 };
const days = { first: '1850-01-01', last: '2200-12-31' };

/** Limits of a field from `@text`, `@list` and `@range`. */
interface Limits {
  text: number;
  list: number;
  min: number;
  max: number;
}

const noLimits: Limits = { text: usual.text, list: usual.list, min: -Infinity, max: Infinity };

/**
 * Every fault of the form of an input by its SDL: texts (length, blank, unreadable characters), ids, dates,
 * numbers, lists. `path` is as the caller wrote it, for example `needs.0.clientRank`.
 */
export function formFaults(
  type: GraphQLInputType,
  value: unknown,
  path = '',
  limits = noLimits,
): InputIssue[] {
  if (value === null || value === undefined) return [];
  const found = unreadable(value);
  if (found) return [{ path, ...found }];
  const inner = getNullableType(type);
  if (isListType(inner)) return listFaults(inner.ofType, value as unknown[], path, limits);
  if (isInputObjectType(inner)) {
    return Object.values(inner.getFields()).flatMap((field) =>
      formFaults(
        field.type,
        (value as Record<string, unknown>)[field.name],
        path ? `${path}.${field.name}` : field.name,
        limitsOf(field),
      ),
    );
  }
  if (!isScalarType(inner)) return [];
  const fault = scalarFault(inner.name, value, limits, isNonNullType(type));
  return fault ? [{ path, ...fault }] : [];
}

function listFaults(type: GraphQLInputType, list: unknown[], path: string, limits: Limits): InputIssue[] {
  if (list.length > limits.list)
    return [{ path, code: 'TOO_MANY', message: `At most ${String(limits.list)} entries.` }];
  return list.flatMap((entry, index) => formFaults(type, entry, `${path}.${String(index)}`, limits));
}

type Fault = Omit<InputIssue, 'path'> | null;

function scalarFault(scalar: string, value: unknown, limits: Limits, isRequired: boolean): Fault {
  if (scalar === 'ID') return isUuid(String(value)) ? null : invalidId;
  if (typeof value === 'number') return numberFault(value, limits);
  if (scalar === 'Date') return isUsualDay(String(value)) ? null : unusualDay;
  if (value instanceof Date)
    return isUsualDay(Number.isNaN(value.getTime()) ? '' : value.toISOString()) ? null : unusualDay;
  return typeof value === 'string' ? textFault(value, limits.text, isRequired) : null;
}

const invalidId = { code: 'INVALID_ID', message: 'This is not an id.' };
const unusualDay = {
  code: 'OUT_OF_RANGE',
  message: `Must be between ${days.first} and ${days.last}.`,
};

function numberFault(value: number, { min, max }: Limits): Fault {
  if (Number.isFinite(value) && value >= min && value <= max) return null;
  const bounds = [min > -Infinity && `at least ${String(min)}`, max < Infinity && `at most ${String(max)}`];
  return { code: 'OUT_OF_RANGE', message: `Must be ${bounds.filter(Boolean).join(' and ')}.` };
}

function isUsualDay(text: string): boolean {
  const day = text.slice(0, 10);
  return day >= days.first && day <= days.last;
}

function textFault(text: string, most: number, isRequired: boolean): Fault {
  if (!isReadable(text, most))
    return { code: 'UNREADABLE', message: 'It contains characters that cannot be read or stored.' };
  if (isLongerThan(text, most)) return { code: 'TOO_LONG', message: `At most ${String(most)} characters.` };
  return isRequired && isBlank(text) ? { code: 'MISSING', message: 'Write something here.' } : null;
}

const known = new WeakMap<GraphQLInputField, Limits>();

function limitsOf(field: GraphQLInputField): Limits {
  const limits = known.get(field) ?? readLimits(field);
  known.set(field, limits);
  return limits;
}

function readLimits({ name, astNode }: GraphQLInputField): Limits {
  const text = name === 'idempotencyKey' ? usual.idempotencyKey : usual.text;
  const said = new Map(
    astNode?.directives?.map((directive) => [directive.name.value, argumentsOf(directive)]),
  );
  return {
    text: said.get('text')?.max ?? text,
    list: said.get('list')?.max ?? usual.list,
    min: said.get('range')?.min ?? -Infinity,
    max: said.get('range')?.max ?? Infinity,
  };
}

function argumentsOf({ arguments: given = [] }: ConstDirectiveNode): { min?: number; max?: number } {
  const numbers = given.filter(({ value }) => value.kind === Kind.INT || value.kind === Kind.FLOAT);
  return Object.fromEntries(
    numbers.map(({ name, value }) => [name.value, Number(valueFromASTUntyped(value))]),
  );
}
