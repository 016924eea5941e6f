import type { InputIssue } from '@throughline/graphql/problems';
import { today, type Moment } from '@throughline/privacy';

/** SUD_COUNSELING: 42 CFR 2.11. PSYCHOTHERAPY: 45 CFR 164.501. Source: infra/reference/domain.md 3.6. */
export type CounselingNoteKind = 'PSYCHOTHERAPY' | 'SUD_COUNSELING';

/**
 * What a clinician writes down of a session to analyse it, apart from the record. It is read by its author and by the
 * clinicians whom the author names, and by nobody else. Source: infra/reference/domain.md 3.6, 8.4, 8.9 (12).
 */
export interface CounselingNote {
  id: string;
  clientId: string;
  authorId: string;
  kind: CounselingNoteKind;
  sessionOn: string;
  text: string;
  /** The signed note that it adds to. */
  amendsId: string | null;
  writtenAt: Date;
  savedAt: Date;
  /** From then on it never changes. */
  signedAt: Date | null;
  /** Clinicians who may read it, too. */
  readerIds: string[];
  version: number;
}

/** A session is not in the future, in days of the program. */
export function counselingFaults({ sessionOn }: { sessionOn: string }, at: Moment): InputIssue[] {
  if (sessionOn <= today(at)) return [];
  return [{ path: 'sessionOn', code: 'IN_FUTURE', message: 'This day has not come yet.' }];
}
