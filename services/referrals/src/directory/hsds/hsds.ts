/** What can be wrong with a row of a directory package; the code is stable, the sentence explains. */
export type ProblemCode =
  | 'BAD_BYTES'
  | 'MALFORMED_QUOTES'
  | 'COLUMN_COUNT'
  | 'UNKNOWN_COLUMN'
  | 'UNKNOWN_FILE'
  | 'FILE_NOT_KEPT'
  | 'EMPTY_FILE'
  | 'MALFORMED_JSON'
  | 'EMPTY_ROW'
  | 'MISSING_ID'
  | 'MISSING_FIELD'
  | 'FIELD_TOO_LONG'
  | 'BAD_VALUE'
  | 'FREE_TEXT'
  | 'DUPLICATE_ROW'
  | 'DUPLICATE_ID'
  | 'ORPHAN'
  | 'OTHER_SOURCE';

/** WARNING: the row is taken, a part of it is not. SKIPPED: it holds nothing to take. REFUSED: it cannot be taken. */
export type Severity = 'WARNING' | 'SKIPPED' | 'REFUSED';

export interface RowProblem {
  file: string;
  /** Physical line where the row begins, from 1; for JSON the number of the record in its file. 0: the whole file. */
  line: number;
  field: string | null;
  severity: Severity;
  code: ProblemCode;
  message: string;
}

/** A row as it stands in the file: field names in small letters, values as text. */
export interface RawRow {
  entity: string;
  line: number;
  fields: Record<string, string>;
  /** Read out of a JSON record, where the same thing may be shown several times. */
  view: boolean;
}

/** A row in our words, ready to be compared with what is stored. */
export interface StagedRow {
  entity: string;
  file: string;
  line: number;
  id: string;
  sourceId: string | null;
  /** Columns of the entity's table. */
  data: Record<string, string | number>;
  /** Ids as the source writes them, by column. */
  refs: Record<string, string>;
  /** Guesses, used only when the row is new. */
  initial: Record<string, string>;
  view: boolean;
}
