import { deepMerge } from '@apollo/gateway/dist/utilities/deepMerge.js';
import { notCovered } from '../shaping/not-covered.ts';
import type { Data } from './run.ts';

/** Puts what a service has answered to what others have, as the library does; what is new is taken as it is. */
export function merge(target: Data, source: Data): void {
  // JSON inherits nothing that can be enumerated, and this needs no list of the keys.
  for (const key in source) {
    if (key === '__proto__') return notCovered('name');
    const value = source[key];
    if (target[key] === undefined || !isComposite(value)) target[key] = value;
    else deepMerge(target, { [key]: value });
  }
}

function isComposite(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
