import { CsvRecords, type CsvRecord } from './csv-records.ts';
import { entityByName, type Entity } from './hsds-entity.ts';
import type { ProblemCode, RawRow, RowProblem, Severity } from './hsds.ts';
import { readLines } from './text-lines.ts';

/** What a portion of a file holds. */
export interface Portion {
  rows: RawRow[];
  problems: RowProblem[];
}

/** The rows of one CSV file in portions, as they are read, and what is wrong with its lines. */
export async function* readCsv(path: string, file: string, entityName: string): AsyncGenerator<Portion> {
  const entity = entityByName.get(entityName);
  if (!entity) throw new Error('not an entity of the directory');

  const records = new CsvRecords();
  const reader = new RecordReader(file, entity);
  for await (const lines of readLines(path)) yield reader.read(records.push(lines));
  yield reader.read(records.end());
  yield reader.end();
}

class RecordReader {
  readonly #file: string;
  readonly #entity: Entity;
  #header: string[] | null = null;

  constructor(file: string, entity: Entity) {
    this.#file = file;
    this.#entity = entity;
  }

  read(records: readonly CsvRecord[]): Portion {
    const portion: Portion = { rows: [], problems: [] };
    for (const record of records) {
      if (this.#header) this.#readRecord(record, this.#header, portion);
      else this.#header = this.#readHeader(record, portion);
    }
    return portion;
  }

  end(): Portion {
    const problems = this.#header ? [] : [this.#problem(0, 'SKIPPED', 'EMPTY_FILE', 'The file is empty.')];
    return { rows: [], problems };
  }

  #readHeader({ line, values }: CsvRecord, { problems }: Portion): string[] {
    const header = values.map((name) => name.replaceAll('\ufeff', '').trim().toLowerCase());
    const known = knownColumns(this.#entity);
    for (const name of header) {
      if (name === '' || known.has(name)) continue;
      const message = `The column ${name.slice(0, 60)} is not one of HSDS and is not kept.`;
      problems.push({
        ...this.#problem(line, 'WARNING', 'UNKNOWN_COLUMN', message),
        field: name.slice(0, 60),
      });
    }
    return header;
  }

  #readRecord({ line, values, fault, badBytes }: CsvRecord, header: string[], portion: Portion): void {
    if (values.every((value) => value.trim() === '')) return;
    const extra = values.slice(header.length).some((value) => value.trim() !== '');
    if (extra || (fault && values.length !== header.length)) {
      const count = `${values.length} columns where the file has ${header.length}`;
      portion.problems.push(
        this.#problem(line, 'REFUSED', fault ?? 'COLUMN_COUNT', `The line has ${count}.`),
      );
      return;
    }
    this.#warn({ line, values, fault, badBytes }, header, portion);
    const fields: Record<string, string> = {};
    for (const [index, name] of header.entries()) fields[name] = values[index] ?? '';
    portion.rows.push({ entity: this.#entity.name, line, fields, view: false });
  }

  #warn({ line, values, fault, badBytes }: CsvRecord, header: string[], { problems }: Portion): void {
    const warn = (code: ProblemCode, message: string): unknown =>
      problems.push(this.#problem(line, 'WARNING', code, message));
    if (fault) warn(fault, 'A quotation mark is not closed; the line was read without its marks.');
    if (badBytes) warn('BAD_BYTES', 'The line is not valid UTF-8; it was read as Windows-1252.');
    if (values.length < header.length) {
      warn(
        'COLUMN_COUNT',
        `The line has ${values.length} of ${header.length} columns; the others count as empty.`,
      );
    }
  }

  #problem(line: number, severity: Severity, code: ProblemCode, message: string): RowProblem {
    return { file: this.#file, line, field: null, severity, code, message };
  }
}

function knownColumns({ fields, references, ignored }: Entity): Set<string> {
  return new Set([
    'id',
    ...fields.flatMap(({ from }) => from),
    ...references.map(({ from }) => from),
    ...ignored,
  ]);
}
