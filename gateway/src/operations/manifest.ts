import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** An operation that a front end was built with. */
export interface ListedOperation {
  id: string;
  name: string;
  type: 'query' | 'mutation' | 'subscription';
  body: string;
}

const manifest = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(
    z.object({
      id: z.string().regex(/^[\w:-]{1,128}$/, 'an id is up to 128 letters, digits, _ : and -'),
      name: z.string().min(1),
      type: z.enum(['query', 'mutation', 'subscription']),
      body: z.string().min(1),
    }),
  ),
});

/**
 * Reads the operations that front ends were built with, in the format of Apollo's and other generators. Throws
 * one sentence that names the file and its fault.
 */
export function readManifest(file: string): ListedOperation[] {
  const parsed = manifest.safeParse(jsonOf(file));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = issue?.path.length ? ` (${issue.path.join('.')})` : '';
    throw new Error(`${file} is no operation manifest${place}: ${issue?.message ?? 'it is empty'}`);
  }
  const bodies = new Map<string, string>();
  for (const { id, body } of parsed.data.operations) {
    if (bodies.has(id) && bodies.get(id) !== body)
      throw new Error(`${file} has two operations with the id ${id}`);
    bodies.set(id, body);
  }
  return parsed.data.operations;
}

function jsonOf(file: string): unknown {
  const text = readFileSync(file, 'utf8');
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${file} is not JSON`);
  }
}
