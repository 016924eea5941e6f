import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const rows = z.array(z.strictObject({ code: z.string(), names: z.array(z.string()).min(1) }));

/** The three medications for opioid use disorder and their names. Source: infra/reference/domain.md 5.1. */
const medicines = rows.parse(JSON.parse(readFileSync(join(import.meta.dirname, 'moud.json'), 'utf8')));

/** The medicine of a name, for example BUPRENORPHINE for "Suboxone 8 mg film"; null for all others. */
export function moudOf(name: string): string | null {
  const words = name.toLowerCase().split(/[^a-z]+/);
  return medicines.find(({ names }) => names.some((one) => words.includes(one)))?.code ?? null;
}
