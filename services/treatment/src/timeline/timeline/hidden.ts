import type { CareReader } from '@throughline/care';
import { clinicalKinds } from './subjects.ts';

/** What a viewer does not see of a timeline. */
export interface Hidden {
  /** Kinds whose name alone is clinical. */
  kinds: readonly string[];
  /** Whether notes that are not for peer specialists are left out. Source: infra/reference/domain.md 8.4. */
  teamNotes: boolean;
}

export async function hiddenOf(care: CareReader, clientId: string): Promise<Hidden> {
  const kinds = (await care.mayRead(clientId, 'CLINICAL')) ? [] : clinicalKinds;
  return { kinds, teamNotes: !(await care.mayRead(clientId, 'ANSWERS')) };
}

/** SQL: an entry of this table is none of a note that is left out. `teamNotes` is SQL, too. */
export const isShown = (entry: string, teamNotes: string): string => `
  (not ${teamNotes} or ${entry}.subject_type <> 'ProgressNote' or exists (
    select from progress_note n where n.id = ${entry}.subject_id and n.visibility = 'CARE_TEAM'))`;
