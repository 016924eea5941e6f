import { caseProgramNamed, type Fact } from '@throughline/events';
import type { CaseFile } from './case-file.ts';

const longest = 64;

/** The name of a program as a code: letters without accents and digits, the rest is one line between them. */
export function programCode(name: string): string | null {
  const words =
    name
      .normalize('NFKD')
      .replaceAll(/\p{M}/gu, '')
      .toUpperCase()
      .match(/[A-Z0-9]+/g) ?? [];
  return words.join('_').slice(0, longest) || null;
}

/** Tells which program carries a case, when the name has changed. Source: infra/reference/domain.md 5.2. */
export function programFacts(
  before: Pick<CaseFile, 'program'> | null,
  { id: caseId, clientId, program }: CaseFile,
  now: Date,
): Fact[] {
  if ((before?.program ?? null) === program) return [];
  const code = program === null ? null : programCode(program);
  return [caseProgramNamed.of(clientId, now, { clientId, caseId, program: code })];
}
