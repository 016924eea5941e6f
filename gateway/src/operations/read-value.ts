import type { InputIssue } from '@throughline/graphql';
import {
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  isSpecifiedScalarType,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLScalarType,
} from 'graphql';
import { standInOf } from './stand-in.ts';

type Fault = Omit<InputIssue, 'path'>;

const wrongFor: Readonly<Record<string, Fault>> = {
  String: { code: 'UNREADABLE', message: 'This is not a text.' },
  Int: { code: 'UNREADABLE', message: 'This is not a whole number.' },
  Float: { code: 'UNREADABLE', message: 'This is not a number.' },
  Boolean: { code: 'UNREADABLE', message: 'This is not true or false.' },
  ID: { code: 'INVALID_ID', message: 'This is not an id.' },
};
const noObject: Fault = { code: 'UNREADABLE', message: 'This is not an object with fields.' };
const missing: Fault = { code: 'MISSING', message: 'This must be given.' };
const unknownField: Fault = { code: 'UNKNOWN_FIELD', message: 'The input has no such field.' };

/** A caller with more faults reads these first. */
const mostFaults = 100;
const longestPath = 200;

/** Value that a type can read, and the faults of the value that was given, with paths relative to it. */
export interface ReadValue {
  value: unknown;
  faults: readonly InputIssue[];
}

/** Reads a value of JSON by its type. What cannot be read is replaced by a stand-in, unknown fields are left out. */
export function readValue(type: GraphQLInputType, given: unknown): ReadValue {
  const reading = new Reading();
  return { value: reading.value(type, given, ''), faults: reading.faults };
}

/** The stand-in for a literal that the text of an operation has; the service itself tells an unknown value of an enum. */
export function unreadLiteral(type: GraphQLInputType): ReadValue {
  const fault = wrongFor[String(isNonNullType(type) ? type.ofType : type)];
  return { value: standInOf(type), faults: fault ? [{ path: '', ...fault }] : [] };
}

class Reading {
  readonly faults: InputIssue[] = [];

  value(type: GraphQLInputType, given: unknown, path: string): unknown {
    if (given === null || given === undefined)
      return isNonNullType(type) ? this.#instead(type, missing, path) : given;
    if (isNonNullType(type)) return this.value(type.ofType, given, path);
    if (isListType(type))
      return Array.isArray(given)
        ? given.map((one, index) => this.value(type.ofType, one, below(path, index)))
        : this.value(type.ofType, given, path);
    if (isInputObjectType(type))
      return isRecord(given) ? this.#object(type, given, path) : this.#instead(type, noObject, path);
    if (isEnumType(type)) return typeof given === 'string' && type.getValue(given) ? given : standInOf(type);
    return isReadBy(type, given) ? given : this.#instead(type, wrongFor[type.name] ?? noObject, path);
  }

  #object(type: GraphQLInputObjectType, given: Record<string, unknown>, path: string): object {
    const fields = type.getFields();
    for (const name of Object.keys(given))
      if (!Object.hasOwn(fields, name)) this.#tell(unknownField, below(path, name));
    return Object.fromEntries(
      Object.values(fields)
        .filter((field) => Object.hasOwn(given, field.name) || isRequiredInputField(field))
        .map((field: GraphQLInputField) => {
          const value = Object.hasOwn(given, field.name) ? given[field.name] : undefined;
          return [field.name, this.value(field.type, value, below(path, field.name))];
        }),
    );
  }

  #instead(type: GraphQLInputType, fault: Fault, path: string): unknown {
    this.#tell(fault, path);
    return standInOf(type);
  }

  #tell(fault: Fault, path: string): void {
    if (this.faults.length < mostFaults) this.faults.push({ path: path.slice(0, longestPath), ...fault });
  }
}

/** Services read the scalars of their own, and tell what is wrong. */
function isReadBy(type: GraphQLScalarType, given: unknown): boolean {
  if (!isSpecifiedScalarType(type)) return true;
  try {
    type.parseValue(given);
    return true;
  } catch {
    return false;
  }
}

/** A path within a path, both as the caller writes them. */
export function below(path: string, inside: string | number): string {
  return [path, String(inside)].filter((part) => part !== '').join('.');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
