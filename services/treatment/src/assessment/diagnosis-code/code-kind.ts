import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataLabels, type DataLabel } from '@throughline/privacy';
import { z } from 'zod';
import { bare } from './code-list.ts';

const kinds = ['SUBSTANCE_USE', 'MENTAL_HEALTH', 'SELF_HARM', 'OVERDOSE', 'SOCIAL', 'HEALTH'] as const;
export type DiagnosisKind = (typeof kinds)[number];

const range = z.strictObject({
  from: z.string().transform(bare),
  to: z.string().transform(bare),
  kind: z.enum(kinds),
  labels: z.array(z.enum(dataLabels)),
});

/** Ranges of codes, the more precise ones first; the first that has a code counts. Source: infra/reference/domain.md 3.6, 7.3. */
const ranges = z
  .array(range)
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, 'code-kinds.json'), 'utf8')));

function rangeOf(code: string) {
  const text = bare(code);
  return ranges.find(({ from, to }) => text >= from && text.slice(0, to.length) <= to);
}

/** What a code is about. */
export function kindOf(code: string): DiagnosisKind {
  return rangeOf(code)?.kind ?? 'HEALTH';
}

/**
 * Labels of sensitivity, from the code alone: nobody can take one away. A code of substance use has SUD, which is
 * protected by 42 CFR Part 2. Every diagnosis says something about health, but for social circumstances.
 * Source: infra/reference/domain.md 3.6, 7.3.
 */
export function labelsOf(code: string): DataLabel[] {
  const { kind = 'HEALTH', labels = [] } = rangeOf(code) ?? {};
  return [...new Set<DataLabel>([...(kind === 'SOCIAL' ? ([] as const) : (['HEALTH'] as const)), ...labels])];
}
