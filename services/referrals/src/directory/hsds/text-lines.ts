import { createReadStream } from 'node:fs';

/** A physical line of a text file, without its end. */
export interface TextLine {
  /** From 1. */
  number: number;
  text: string;
  /** It was not valid UTF-8 and was read as Windows-1252, which most such exports are. */
  badBytes: boolean;
}

const newline = 0x0a;
const strict = new TextDecoder('utf-8', { fatal: true });
const western = new TextDecoder('windows-1252');

/** The lines of a file in portions, as they are read. UTF-8 with or without mark, UTF-16 with one. */
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
  if (mark === 'fffe') return wide('utf-16le');
  if (mark === 'feff') return wide('utf-16be');
  return narrow();
}

function wide(encoding: string): Decoder {
  const decoder = new TextDecoder(encoding);
  let rest = '';
  return {
    push: (chunk) => {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      return lines.map(plain);
    },
    end: () => {
      rest += decoder.decode();
      return rest === '' ? [] : [plain(rest)];
    },
  };
}

/** Decodes whole lines at once and only looks for the bad one when a portion cannot be decoded. */
function narrow(): Decoder {
  let rest: Buffer[] = [];
  const decode = (bytes: Buffer): Lines => {
    try {
      return strict.decode(bytes).split('\n').map(plain);
    } catch {
      return splitBytes(bytes).map(decodeLine);
    }
  };
  return {
    push: (chunk) => {
      const cut = chunk.lastIndexOf(newline);
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

function splitBytes(bytes: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  let from = 0;
  for (let at = bytes.indexOf(newline); at !== -1; at = bytes.indexOf(newline, from)) {
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
