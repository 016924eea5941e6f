/** Faults of a row of a directory package; the code is stable, the message explains. */
export type ProblemCode =
  | 'BAD_BYTES'
  | 'MALFORMED_QUOTES'
  | 'COLUMN_COUNT'
  | 'UNKNOWN_COLUMN'
  | 'UNKNOWN_FILE'
  | 'FILE_NOT_KEPT'
  | 'UNKNOWN_HEADER'
  | 'EMPTY_FILE'
  | 'MALFORMED_JSON'
  | 'EMPTY_ROW'
  | 'MISSING_ID'
  | 'MISSING_FIELD'
  | 'FIELD_TOO_LONG'
  | 'BAD_VALUE'
  | 'FREE_TEXT'
  | 'BAD_POSITION'
  | 'UNCLEAR_CODE'
  | 'NOT_KEPT'
  | 'DUPLICATE_ROW'
  | 'DUPLICATE_ID'
  | 'ORPHAN'
  | 'OTHER_SOURCE';

/** WARNING: the row is taken, a part of it is not. SKIPPED: nothing in the row is kept. REFUSED: the row has a fault. */
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

/** Columns of an entity's table. */
export type Data = Record<string, string | number>;

/** Adds a problem to the row that is being read. */
export type Note = (severity: Severity, code: ProblemCode, field: string | null, message: string) => void;

/** A row as it stands in the file: field names in small letters, values as text. */
export interface RawRow {
  entity: string;
  line: number;
  fields: Record<string, string>;
  /** Read out of a JSON record, where the same thing may be shown several times. */
  view: boolean;
}

/** A row with our columns, ready to be compared with the stored one. */
export interface StagedRow {
  entity: string;
  file: string;
  line: number;
  id: string;
  sourceId: string | null;
  /** Columns of the entity's table. */
  data: Data;
  /** Ids as the source writes them, by column. */
  refs: Record<string, string>;
  /** Guesses, used only when the row is new. */
  initial: Record<string, string>;
  view: boolean;
}

/** The structure of a file cannot be trusted: nothing of the file is taken. The message says why. */
export class UnreadableFile extends Error {
  override name = 'UnreadableFile';
  readonly code: ProblemCode;

  constructor(code: ProblemCode, message: string) {
    super(message);
    this.code = code;
  }
}
