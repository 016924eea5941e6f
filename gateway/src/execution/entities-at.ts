import { notCovered } from '../shaping/not-covered.ts';
import type { Data } from './run.ts';

export type Path = readonly (string | number)[];

/** The objects at a path, in the order in which the library finds them; `@` stands for the members of a list. */
export function entitiesAt(root: Data, path: Path): Data[] {
  const found: Data[] = [];
  descend(root, { path, depth: 0, found });
  return found;
}

interface Descent {
  path: Path;
  depth: number;
  found: Data[];
}

function descend(value: unknown, { path, depth, found }: Descent): void {
  if (value === null || value === undefined) return;
  const head = path[depth];
  if (head === undefined) take(value, found);
  else if (head === '@') {
    if (!Array.isArray(value)) return notCovered('no list');
    for (const item of value) descend(item, { path, depth: depth + 1, found });
  } else {
    if (typeof value !== 'object' || Array.isArray(value)) return notCovered('no object');
    if (Object.hasOwn(value, head)) descend((value as Data)[head], { path, depth: depth + 1, found });
  }
}

function take(value: unknown, found: Data[]): void {
  if (Array.isArray(value)) {
    for (const item of value) if (item !== null) found.push(objectOf(item));
  } else found.push(objectOf(value));
}

function objectOf(value: unknown): Data {
  return typeof value === 'object' && !Array.isArray(value) ? (value as Data) : notCovered('no object');
}
