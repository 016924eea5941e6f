import { gunzipSync, gzipSync } from 'node:zlib';
import { dayIn, type Day } from '@throughline/privacy';

/** What is known of a published list without reading its codes. */
export interface CodeListHead {
  /** Year of the list: the one of 2026 counts from October 2025. */
  year: number;
  /** Which list of the year, for example 2026-04. */
  release: string;
  /** First day on which its codes are used. */
  validFrom: Day;
  /** Codes that may be used; headings are not counted. */
  codeCount: number;
  source: string;
  licence: string;
}

export interface ListedCode {
  /** With its dot, for example F10.20. */
  code: string;
  label: string;
  /** False: a heading with more precise codes below it. */
  isUsable: boolean;
}

/** A code without dot and in capitals, as the published files write it. */
export function bare(code: string): string {
  return code.trim().toUpperCase().replace('.', '');
}

/** A code with the dot after its third character. */
export function dotted(code: string): string {
  const text = bare(code);
  return text.length > 3 ? `${text.slice(0, 3)}.${text.slice(3)}` : text;
}

/** The codes of one list, for looking up and searching. */
export class CodeList {
  readonly head: CodeListHead;
  readonly #codes = new Map<string, ListedCode>();
  readonly #searched: { words: string; code: string; listed: ListedCode }[] = [];

  constructor(head: CodeListHead, codes: Iterable<ListedCode>) {
    this.head = head;
    for (const listed of codes) {
      const code = bare(listed.code);
      this.#codes.set(code, listed);
      if (listed.isUsable) this.#searched.push({ words: ` ${folded(listed.label)}`, code, listed });
    }
  }

  find(code: string): ListedCode | null {
    return this.#codes.get(bare(code)) ?? null;
  }

  /** Codes that begin with the text, or whose label has words that begin with each of its words; those of mental and behavioural disorders first. */
  search(text: string, most: number): ListedCode[] {
    const code = bare(text);
    const words = folded(text).split(' ').filter(Boolean);
    if (words.length === 0) return [];
    const found = this.#searched.filter(
      (one) => one.code.startsWith(code) || words.every((word) => one.words.includes(` ${word}`)),
    );
    const place = (one: { code: string }) =>
      one.code.startsWith(code) ? 0 : one.code.startsWith('F') ? 1 : 2;
    return found
      .toSorted((a, b) => place(a) - place(b))
      .slice(0, most)
      .map(({ listed }) => listed);
  }
}

/** Small letters without accents; what is no letter or digit parts words. */
function folded(text: string): string {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

/** A list as it is stored: lines of code, 1 or 0 (heading) and label, compressed. */
export function readCodes(content: Uint8Array): ListedCode[] {
  const lines = gunzipSync(content).toString('utf8').trimEnd().split('\n');
  return lines.map((line) => {
    const [code = '', usable, label = ''] = line.split('\t');
    return { code: dotted(code), isUsable: usable === '1', label };
  });
}

export function writeCodes(codes: readonly ListedCode[]): Uint8Array {
  const lines = codes.map(({ code, isUsable, label }) => `${bare(code)}\t${isUsable ? '1' : '0'}\t${label}`);
  return gzipSync(`${lines.join('\n')}\n`);
}

/** The list that counts on a day: the last one that had begun; before the first one, the first. */
export function listOn<Head extends CodeListHead>(lists: readonly Head[], day: Day): Head | null {
  const inOrder = lists.toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
  return inOrder.findLast(({ validFrom }) => validFrom <= day) ?? inOrder[0] ?? null;
}

/** Whether a list of a later year should have been loaded: the year of a list begins in October. Source: infra/reference/domain.md 7.3. */
export function isOutdated({ year }: Pick<CodeListHead, 'year'>, now: Date): boolean {
  const day = dayIn('America/New_York', now);
  return year < Number(day.slice(0, 4)) + (day.slice(5, 7) >= '10' ? 1 : 0);
}
