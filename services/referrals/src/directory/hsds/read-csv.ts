import { CsvRecords, delimiters, parseRecord, type CsvRecord, type Delimiter } from './csv-records.ts';
import type { Entity } from './entity-shape.ts';
import { entityByName } from './hsds-entity.ts';
import { UnreadableFile, type ProblemCode, type RawRow, type RowProblem, type Severity } from './hsds.ts';
import { readLines, type TextLine } from './text-lines.ts';

/** Rows of a part of a file, and its problems. */
export interface Portion {
  rows: RawRow[];
  problems: RowProblem[];
}

/**
 * The rows of one CSV file in portions, as they are read, and the problems of its lines. Throws UnreadableFile when the
 * first line names no column of HSDS.
 */
export async function* readCsv(path: string, file: string, entityName: string): AsyncGenerator<Portion> {
  const entity = entityByName.get(entityName);
  if (!entity) throw new Error('not an entity of the directory');

  const reader = new RecordReader(file, entity);
  let records: CsvRecords | null = null;
  for await (const lines of readLines(path)) {
    const start: Start | null = records ? null : startOf(lines, knownColumns(entity));
    if (start) records = new CsvRecords(start.delimiter);
    if (records) yield reader.read(records.push(start ? start.lines : lines));
  }
  if (records) yield reader.read(records.end());
  yield reader.end();
}

interface Start {
  delimiter: Delimiter;
  lines: readonly TextLine[];
}

/** The delimiter is the one that makes known columns out of the first line; null while all lines are blank. */
function startOf(lines: readonly TextLine[], known: ReadonlySet<string>): Start | null {
  const at = lines.findIndex(({ text }) => text.trim() !== '');
  const first = lines[at];
  if (!first) return null;
  // Spreadsheet programs write their delimiter into a line of its own.
  const told = delimiters.find((delimiter) => first.text.trim() === `sep=${delimiter}`);
  if (told) return { delimiter: told, lines: lines.slice(at + 1) };

  const counted = delimiters.map((delimiter) => ({
    delimiter,
    count: countKnown(first.text, delimiter, known),
  }));
  const best = counted.reduce((a, b) => (b.count > a.count ? b : a));
  if (best.count === 0) {
    throw new UnreadableFile('UNKNOWN_HEADER', 'The first line names no column of HSDS.');
  }
  return { delimiter: best.delimiter, lines };
}

function countKnown(line: string, delimiter: Delimiter, known: ReadonlySet<string>): number {
  const values = parseRecord(line, delimiter);
  return typeof values === 'string' ? 0 : values.filter((name) => known.has(columnName(name))).length;
}

function columnName(text: string): string {
  return text.replaceAll('\ufeff', '').trim().toLowerCase();
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
    const header = values.map(columnName);
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

function knownColumns({ fields, references, ignored, onlyText }: Entity): Set<string> {
  return new Set([
    'id',
    ...fields.flatMap(({ from }) => from),
    ...references.map(({ from }) => from),
    ...ignored,
    ...(onlyText ?? []),
  ]);
}
