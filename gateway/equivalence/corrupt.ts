import { chance, oneOf } from './chance.ts';

const wrong = [null, 'NONSENSE', -1, 1.5, true, [], {}, ['x'], [null]];

/**
 * What a service with a fault could answer: here and there a value of another kind, or a field left out. Where it
 * strikes follows from the object and the field, never from the place in a batch.
 */
export function corrupt(value: unknown, rate: number): unknown {
  if (Array.isArray(value)) return value.map((item) => corrupt(item, rate));
  if (typeof value !== 'object' || value === null) return value;

  const whole = value as Record<string, unknown>;
  const about = 'id' in whole ? `${String(whole.__typename)} ${String(whole.id)}` : JSON.stringify(whole);
  const fields = Object.entries(whole).flatMap(([name, found]): [string, unknown][] => {
    if (spared.has(name) || chance('corrupt', about, name) > rate) return [[name, corrupt(found, rate)]];
    if (chance('missing', about, name) < 0.2) return [];
    return [[name, oneOf(wrong, 'wrong', about, name)]];
  });
  return Object.fromEntries(fields);
}

/** Several services tell an object's identity: only if they agree does the answer not depend on who is last. */
const spared = new Set(['_entities', '__typename', 'id']);
