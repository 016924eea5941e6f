import { createReadStream } from 'node:fs';

/** A physical line of a text file, without its end. */
export interface TextLine {
  /** From 1. */
  number: number;
  text: string;
  /** The line was not valid UTF-8 and was read as Windows-1252, as most such exports are. */
  badBytes: boolean;
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const strict = new TextDecoder('utf-8', { fatal: true });
const western = new TextDecoder('windows-1252');

/**
 * The lines of a file in portions, as they are read. UTF-8 with or without mark, UTF-16 with one. Lines end with LF or
 * CR LF, or with CR where the start of the file has no LF (files of older Macintosh programs).
 */
export async function* readLines(path: string): AsyncGenerator<TextLine[]> {
  const chunks = createReadStream(path, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>;
  let number = 0;
  const numbered = (lines: Omit<TextLine, 'number'>[]): TextLine[] =>
    lines.map((line) => ({ ...line, number: ++number }));

  let decoder: Decoder | null = null;
  for await (const chunk of chunks) {
    decoder ??= decoderOf(chunk);
    yield numbered(decoder.push(chunk));
  }
  if (decoder) yield numbered(decoder.end());
}

type Lines = Omit<TextLine, 'number'>[];

interface Decoder {
  push(chunk: Buffer): Lines;
  end(): Lines;
}

function decoderOf(start: Buffer): Decoder {
  const mark = start.subarray(0, 2).toString('hex');
  const end = start.includes(lineFeed) || !start.includes(carriageReturn) ? lineFeed : carriageReturn;
  if (mark === 'fffe') return wide('utf-16le', end);
  if (mark === 'feff') return wide('utf-16be', end);
  return narrow(end);
}

function wide(encoding: string, endOfLine: number): Decoder {
  const decoder = new TextDecoder(encoding);
  const end = String.fromCharCode(endOfLine);
  let rest = '';
  return {
    push: (chunk) => {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split(end);
      rest = lines.pop() ?? '';
      return lines.map(plain);
    },
    end: () => {
      rest += decoder.decode();
      return rest === '' ? [] : [plain(rest)];
    },
  };
}

/** Decodes many lines at once, and line by line only when they cannot be decoded. */
function narrow(endOfLine: number): Decoder {
  const end = String.fromCharCode(endOfLine);
  let rest: Buffer[] = [];
  const decode = (bytes: Buffer): Lines => {
    try {
      return strict.decode(bytes).split(end).map(plain);
    } catch {
      return splitBytes(bytes, endOfLine).map(decodeLine);
    }
  };
  return {
    push: (chunk) => {
      const cut = chunk.lastIndexOf(endOfLine);
      if (cut === -1) {
        rest.push(chunk);
        return [];
      }
      const bytes = Buffer.concat([...rest, chunk.subarray(0, cut)]);
      rest = [chunk.subarray(cut + 1)];
      return decode(bytes);
    },
    end: () => {
      const bytes = Buffer.concat(rest);
      return bytes.length === 0 ? [] : decode(bytes);
    },
  };
}

function splitBytes(bytes: Buffer, endOfLine: number): Buffer[] {
  const parts: Buffer[] = [];
  let from = 0;
  for (let at = bytes.indexOf(endOfLine); at !== -1; at = bytes.indexOf(endOfLine, from)) {
    parts.push(bytes.subarray(from, at));
    from = at + 1;
  }
  return [...parts, bytes.subarray(from)];
}

function decodeLine(bytes: Buffer): Omit<TextLine, 'number'> {
  try {
    return plain(strict.decode(bytes));
  } catch {
    return { ...plain(western.decode(bytes)), badBytes: true };
  }
}

function plain(text: string): Omit<TextLine, 'number'> {
  return { text: text.endsWith('\r') ? text.slice(0, -1) : text, badBytes: false };
}
