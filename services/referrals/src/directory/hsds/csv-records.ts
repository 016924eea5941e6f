import type { TextLine } from './text-lines.ts';

/** A record of a CSV file, or the line that could not be read as one. */
export interface CsvRecord {
  /** Physical line where it begins. */
  line: number;
  values: string[];
  fault: 'MALFORMED_QUOTES' | null;
  badBytes: boolean;
}

export const delimiters = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

/** A record that is still open after so many lines or characters has a broken quote and no long text. */
const most = { lines: 2_000, characters: 4_000_000 };

/**
 * Puts records together from physical lines. A quote that is never closed costs its own line only: the usual
 * parsers take all that follows for one field, and with it the rest of the file.
 */
export class CsvRecords {
  #open: TextLine[] = [];
  #columns: number | null = null;
  readonly #delimiter: Delimiter;

  constructor(delimiter: Delimiter = ',') {
    this.#delimiter = delimiter;
  }

  /** The records that are complete now. */
  push(lines: readonly TextLine[]): CsvRecord[] {
    const out: CsvRecord[] = [];
    for (const line of lines) this.#take(line, out);
    return out;
  }

  /** What is left when the file is at its end. */
  end(): CsvRecord[] {
    const out: CsvRecord[] = [];
    while (this.#open.length > 0) this.#giveUpFirst(out);
    return out;
  }

  #take(line: TextLine, out: CsvRecord[]): void {
    if (this.#open.length === 0 && line.text.trim() === '') return;
    this.#open.push(line);
    // Only a line with a quote can close what is open.
    if (this.#open.length > 1 && !line.text.includes('"') && !this.#tooLong()) return;

    const parsed = this.#tooLong() ? 'BROKEN' : this.#parseOpen();
    if (parsed === 'OPEN') return;
    if (parsed === 'BROKEN' || (this.#open.length > 1 && this.#isOff(parsed))) this.#giveUpFirst(out);
    else this.#emit(parsed, null, out);
  }

  #parseOpen(): ReturnType<typeof parseRecord> {
    return parseRecord(this.#open.map(({ text }) => text).join('\n'), this.#delimiter);
  }

  /** A text over several lines with the wrong number of columns: a stray quote that met another one. */
  #isOff(values: readonly string[]): boolean {
    return this.#columns !== null && values.length !== this.#columns;
  }

  #tooLong(): boolean {
    if (this.#open.length > most.lines) return true;
    return (
      this.#open.length > 1 && this.#open.reduce((sum, { text }) => sum + text.length, 0) > most.characters
    );
  }

  #emit(values: string[], fault: CsvRecord['fault'], out: CsvRecord[]): void {
    const [first] = this.#open;
    if (!first) return;
    this.#columns ??= values.length;
    out.push({ line: first.number, values, fault, badBytes: this.#open.some(({ badBytes }) => badBytes) });
    this.#open = [];
  }

  /** Reads the first line without its quotes and begins again with the second. */
  #giveUpFirst(out: CsvRecord[]): void {
    const [first, ...later] = this.#open;
    if (!first) return;
    this.#open = [first];
    this.#emit(
      first.text.split(this.#delimiter).map((value) => value.replaceAll('"', '')),
      'MALFORMED_QUOTES',
      out,
    );
    for (const line of later) this.#take(line, out);
  }
}

/** The fields of one record (RFC 4180; a quote within an unquoted field stands for itself). */
export function parseRecord(text: string, delimiter: Delimiter = ','): string[] | 'OPEN' | 'BROKEN' {
  if (!text.includes('"')) return text.split(delimiter);
  const values: string[] = [];
  let at = 0;
  for (;;) {
    const blanks = /^ *(?=")/.exec(text.slice(at, at + 20))?.[0].length ?? -1;
    if (blanks === -1) {
      const end = text.indexOf(delimiter, at);
      values.push(text.slice(at, end === -1 ? text.length : end));
      if (end === -1) return values;
      at = end + 1;
      continue;
    }
    const quoted = readQuoted(text, at + blanks + 1, delimiter);
    if (typeof quoted === 'string') return quoted;
    values.push(quoted.value);
    if (quoted.next === null) return values;
    at = quoted.next;
  }
}

/** `from` is behind the opening quote; `next` where the next field begins, null at the end. */
function readQuoted(
  text: string,
  from: number,
  delimiter: Delimiter,
): { value: string; next: number | null } | 'OPEN' | 'BROKEN' {
  let end = text.indexOf('"', from);
  while (end !== -1 && text[end + 1] === '"') end = text.indexOf('"', end + 2);
  if (end === -1) return 'OPEN';

  const value = text.slice(from, end).replaceAll('""', '"');
  const [blanks = ''] = /^ */.exec(text.slice(end + 1, end + 40)) ?? [];
  const behind = end + 1 + blanks.length;
  if (behind === text.length) return { value, next: null };
  return text[behind] === delimiter ? { value, next: behind + 1 } : 'BROKEN';
}
