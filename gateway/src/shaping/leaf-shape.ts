import { isEnumType, isValidLeafValue, type OutputType, type Schema } from '@apollo/federation-internals';
import { notCovered } from './not-covered.ts';

type Leaf = Parameters<typeof isValidLeafValue>[2];

/** Lets a valid value through. Values that are certainly valid pass at once; the library checks the others. */
export function leafShape(schema: Schema, type: OutputType): (value: unknown) => unknown {
  const surely = surelyValid(type);
  return (value) => {
    if (value === null || value === undefined) return null;
    if (surely(value) || isValidLeafValue(schema, value, type as Leaf)) return value;
    return notCovered('invalid value');
  };
}

function surelyValid(type: OutputType): (value: unknown) => boolean {
  if (isEnumType(type)) {
    const names = new Set<unknown>(type.values.map(({ name }) => name));
    return (value) => names.has(value);
  }
  const name = (type as { name?: string }).name;
  if (name === 'String' || name === 'ID') return (value) => typeof value === 'string';
  if (name === 'Boolean') return (value) => typeof value === 'boolean';
  if (name === 'Int') return (value) => typeof value === 'number' && (value | 0) === value;
  return () => false;
}
