export type ImportState = 'STAGING' | 'PLANNED' | 'APPLIED' | 'DISCARDED';

/** Outcomes of the rows of one file: what an import did, or would do. */
export interface FileCounts {
  file: string;
  /** Rows in the file; a nested JSON row counts each time it is shown. */
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  skipped: number;
  refused: number;
  warnings: number;
}

/** A file that was read: an import that was interrupted does not read it again. */
export interface StagedFile {
  name: string;
  /** SHA-256 of its bytes. */
  hash: string;
  rows: number;
}

export interface DirectoryImport {
  id: string;
  /** Name of the publisher; part of every id that the import makes. */
  source: string;
  folder: string;
  state: ImportState;
  files: StagedFile[];
  createdAt: Date;
  createdBy: string;
  appliedAt: Date | null;
  /** Set when the import is planned; the staged rows are deleted when it is applied. */
  report: Totals | null;
}

/** The result in figures. */
export interface Totals {
  files: FileCounts[];
  /** Details (hours, telephones ...) that their owners no longer have. */
  removed: number;
  /** Entries of this source that the package does not have; they stay as they are. */
  absent: number;
  /** Services whose need categories changed. */
  derived: number;
}

/** All files together. */
export function sumOf(files: readonly FileCounts[]): Omit<FileCounts, 'file'> {
  const sum = { rows: 0, created: 0, updated: 0, unchanged: 0, skipped: 0, refused: 0, warnings: 0 };
  for (const file of files) {
    for (const name of Object.keys(sum) as (keyof typeof sum)[]) sum[name] += file[name];
  }
  return sum;
}
