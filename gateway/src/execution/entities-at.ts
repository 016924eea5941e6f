import { notCovered } from '../shaping/not-covered.ts';
import type { Data } from './run.ts';

export type Path = readonly (string | number)[];

/** Finds the objects at a path, in the order of the library; `@` means the members of a list. */
export function entitiesAt(path: Path): (root: Data) => Data[] {
  const find = finder(path);
  return (root) => {
    const found: Data[] = [];
    find(root, found);
    return found;
  };
}

type Find = (value: unknown, found: Data[]) => void;

function finder([head, ...rest]: Path): Find {
  if (head === undefined) return take;
  const below = finder(rest);
  return head === '@' ? inList(below) : inObject(head, below);
}

function inList(below: Find): Find {
  return (value, found) => {
    if (value === null || value === undefined) return;
    if (!Array.isArray(value)) return notCovered('no list');
    for (const item of value) below(item, found);
  };
}

function inObject(name: string | number, below: Find): Find {
  return (value, found) => {
    if (value === null || value === undefined) return;
    if (typeof value !== 'object' || Array.isArray(value)) return notCovered('no object');
    if (Object.hasOwn(value, name)) below((value as Data)[name], found);
  };
}

function take(value: unknown, found: Data[]): void {
  if (value === null || value === undefined) return;
  if (!Array.isArray(value)) found.push(objectOf(value));
  else for (const item of value) if (item !== null) found.push(objectOf(item));
}

function objectOf(value: unknown): Data {
  return typeof value === 'object' && !Array.isArray(value) ? (value as Data) : notCovered('no object');
}
