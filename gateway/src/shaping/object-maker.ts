import { notCovered } from './not-covered.ts';

export type Data = Record<string, unknown>;

/** A field of a new object, and the function that makes its value from the old value. */
export interface MadeField {
  name: string;
  make: (value: unknown) => unknown;
}

/**
 * Makes objects with these fields from objects with the same names. Each list of fields has its own code: a
 * loop over names would look up every name again in every object.
 */
export function objectMaker(fields: readonly MadeField[]): (from: Data) => Data {
  const names = fields.map(({ name }) => name);
  // GraphQL has no other names; this one would set the prototype.
  if (!names.every((name) => /^[A-Za-z_]\w*$/.test(name) && name !== '__proto__')) return notCovered('name');
  const made = names.map((name, index) => `${name}: make${index}(from.${name})`);
  const makers = names.map((_name, index) => `make${index}`);
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- only names as above get into the code
  const assembled = new Function(...makers, `return (from) => ({ ${made.join(', ')} });`) as Assemble;
  return assembled(...fields.map(({ make }) => make));
}

type Assemble = (...makers: MadeField['make'][]) => (from: Data) => Data;

/** Whether this process may compile code from text: `--disallow-code-generation-from-strings` forbids it. */
export function canMakeCode(): boolean {
  try {
    objectMaker([]);
    return true;
  } catch {
    return false;
  }
}
