import { notCovered } from './not-covered.ts';

export type Data = Record<string, unknown>;

/** A field of an object to be made, and what makes its value from the one of that name. */
export interface MadeField {
  name: string;
  make: (value: unknown) => unknown;
}

/**
 * Makes objects with these fields from such with the same names. It is code of its own for each list of fields: a loop
 * over names, which all objects share, would look up every name again in every object.
 */
export function objectMaker(fields: readonly MadeField[]): (from: Data) => Data {
  const names = fields.map(({ name }) => name);
  // GraphQL has no others; this one would be the prototype and no field.
  if (!names.every((name) => /^[A-Za-z_]\w*$/.test(name) && name !== '__proto__')) return notCovered('name');
  const made = names.map((name, index) => `${name}: make${index}(from.${name})`);
  const makers = names.map((_name, index) => `make${index}`);
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- only names as above get into the code
  const assembled = new Function(...makers, `return (from) => ({ ${made.join(', ')} });`) as Assemble;
  return assembled(...fields.map(({ make }) => make));
}

type Assemble = (...makers: MadeField['make'][]) => (from: Data) => Data;

/** Whether this process may make code of texts: node's `--disallow-code-generation-from-strings` forbids it. */
export function canMakeCode(): boolean {
  try {
    objectMaker([]);
    return true;
  } catch {
    return false;
  }
}
