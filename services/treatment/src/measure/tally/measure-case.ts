import type { Day } from '@throughline/privacy';
import type { MeasureCode, MeasureSpec } from '../catalogue/measure-code.ts';
import type { Attribution } from '../history/history.ts';

export type MeasureSubject =
  | 'FollowUpObligation'
  | 'Episode'
  | 'Stay'
  | 'Visit'
  | 'Screening'
  | 'CrisisAlert'
  | 'Goal'
  | 'Referral'
  | 'ReferralRequest'
  | 'CaseFile'
  | 'Inquiry'
  | 'Client'
  | 'StaffMember';

/** One row behind a number: an event, or a stretch of days, that a measure counts. */
export interface MeasureCase extends Attribution {
  measure: MeasureCode;
  spec: MeasureSpec;
  /** With measure and spec it names the row. */
  key: string;
  /** The client, or the member of staff, whom it is about. */
  ownerId: string;
  clientId: string | null;
  subjectType: MeasureSubject;
  subjectId: string;
  startsOn: Day;
  /** Last day of a stretch; null for an event, and while a stretch goes on. */
  endsOn: Day | null;
  /** First day on which it counts: its window is over by then. */
  countsFrom: Day;
  met: boolean;
  excludedFor: string | null;
  value: number | null;
  level: string | null;
}

/** A row before it is known whose it was. */
export type Counted = Omit<MeasureCase, keyof Attribution | 'ownerId' | 'clientId'> & {
  /** The moment that decides whose it was. */
  at: Date;
};

type Needed = Pick<Counted, 'measure' | 'key' | 'subjectType' | 'subjectId' | 'at' | 'startsOn' | 'met'>;

/** A row, with what most rows have. */
export function counted(row: Needed & Partial<Counted>): Counted {
  const usual = { spec: 'ALIGNED', endsOn: null, countsFrom: row.startsOn, excludedFor: null } as const;
  return { ...usual, value: null, level: null, ...row };
}
