import { deepMerge } from '@apollo/gateway/dist/utilities/deepMerge.js';
import { notCovered } from '../shaping/not-covered.ts';
import type { Data } from './run.ts';

/**
 * Merges the answer of a service into the answers of the others, as the library does. New parts are taken
 * unchanged.
 */
export function merge(target: Data, source: Data): void {
  // Parsed JSON inherits no enumerable property, and this loop needs no list of keys.
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
