import type { EntityManager } from 'typeorm';
import type { RowProblem } from '../hsds/hsds.ts';
import type { FileCounts, StagedFile } from './directory-import.ts';

type Counted = Omit<FileCounts, 'rows'>;

/** Outcomes of the rows of each file; the outcomes of a file add up to its rows. */
export async function countFiles(
  tx: EntityManager,
  importId: string,
  files: readonly StagedFile[],
): Promise<FileCounts[]> {
  const counted: Counted[] = await tx.query(
    `with part as (
       select file, outcome as kind, count(*) as n from directory_import_row where import_id = $1 group by file, outcome
       union all
       select file, severity, count(*)
       from directory_import_problem
       where import_id = $1 and (severity = 'WARNING' or (stage = 'READING' and line > 0)) group by file, severity
     )
     select file,
       coalesce(sum(n) filter (where kind = 'CREATED'), 0)::int as created,
       coalesce(sum(n) filter (where kind = 'UPDATED'), 0)::int as updated,
       coalesce(sum(n) filter (where kind = 'UNCHANGED'), 0)::int as unchanged,
       coalesce(sum(n) filter (where kind = 'SKIPPED'), 0)::int as skipped,
       coalesce(sum(n) filter (where kind = 'REFUSED'), 0)::int as refused,
       coalesce(sum(n) filter (where kind = 'WARNING'), 0)::int as warnings
     from part group by file`,
    [importId],
  );
  const byFile = new Map(counted.map((counts) => [counts.file, counts]));
  const none = { created: 0, updated: 0, unchanged: 0, skipped: 0, refused: 0, warnings: 0 };
  return files.map(({ name, rows }) => ({ ...none, ...byFile.get(name), file: name, rows }));
}

const ranked = `case severity when 'REFUSED' then 1 when 'SKIPPED' then 2 else 3 end`;

/** Problem lines: refused rows first, then by file and line. `after` is the position of the last one that was read. */
export function findProblems(
  tx: Pick<EntityManager, 'query'>,
  importId: string,
  { first, after }: { first: number; after: number },
): Promise<(RowProblem & { position: number })[]> {
  return tx.query(
    `select * from (
       select row_number() over (order by ${ranked}, file, line, seq)::int as position,
         file, line, field, severity, code, message
       from directory_import_problem where import_id = $1
     ) p where position > $2 order by position limit $3`,
    [importId, after, first],
  );
}

/** Problems of one file that have the same reason. */
export type ProblemGroup = Pick<RowProblem, 'file' | 'field' | 'severity' | 'code'> & {
  count: number;
  /** The first three. */
  examples: { line: number; message: string }[];
};

/** Problems by file and reason: refused rows first, the most frequent reason of a file first. */
export function groupProblems(tx: Pick<EntityManager, 'query'>, importId: string): Promise<ProblemGroup[]> {
  return tx.query(
    `with numbered as (
       select *, row_number() over (partition by severity, file, code, field order by line, seq) as nth
       from directory_import_problem where import_id = $1
     )
     select file, field, severity, code, count(*)::int as count,
       jsonb_agg(jsonb_build_object('line', line, 'message', message) order by nth) filter (where nth <= 3) as examples
     from numbered group by severity, file, code, field
     order by ${ranked}, file, count(*) desc, code, field`,
    [importId],
  );
}
