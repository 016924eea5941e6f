import { createRequire } from 'node:module';

type Bytes = Buffer | string | null | undefined;

export interface KafkaRecord {
  offsetDelta?: number;
  timestampDelta?: number;
  key?: Bytes;
  value?: Bytes;
  headers?: Record<string, Bytes | Bytes[]>;
}

/** The part of a kafkajs encoder that is used to build records. */
export interface Encoded {
  buf: Buffer;
  buffer: Buffer;
}

export type EncodeRecord = (record: KafkaRecord) => Encoded;

interface Module {
  exports: EncodeRecord;
}

/**
 * kafkajs 2.2.4 encodes each header in a zeroed buffer of 512 bytes, copies it twice and computes with BigInt.
 * A fact has up to sixteen headers, so a third of the relay's time went there. Here a record of texts is
 * written in one pass, byte for byte the same; other records are left to kafkajs. The place is a module and not
 * a method, so its exports are replaced: kafkajs loads it when it sends for the first time.
 */
export function patchRecordEncoder(module: Module = recordModule()): void {
  const original = module.exports;
  module.exports = (record) => encodeText(record) ?? original(record);
}

export function recordModule(): Module {
  const require = createRequire(import.meta.url);
  const path = require.resolve('kafkajs/src/protocol/recordBatch/record/v0/index.js');
  require(path);
  return require.cache[path] as Module;
}

const LONGEST_LENGTH = 5;
const COPIED_BY_HAND = 48;

function encodeText({ offsetDelta = 0, timestampDelta = 0, key, value, headers = {} }: KafkaRecord) {
  if (timestampDelta !== 0 || typeof key !== 'string' || typeof value !== 'string') return undefined;

  out.restart();
  out.number(offsetDelta);
  out.text(key);
  out.text(value);
  const names = Object.keys(headers);
  out.number(names.length);
  for (const name of names) {
    const header = headers[name];
    if (typeof header !== 'string') return undefined;
    out.text(name);
    out.text(header);
  }
  const buffer = out.finish();
  return { buf: buffer, buffer };
}

/** Buffer for one record before it is copied out; it grows and is used again. */
class Scratch {
  #bytes = Buffer.allocUnsafe(16 * 1024);
  #at = 0;

  /** Leaves space for the total length; no attributes, no time. */
  restart(): void {
    this.#at = LONGEST_LENGTH;
    this.#bytes[this.#at++] = 0;
    this.#bytes[this.#at++] = 0;
  }

  /** Zigzag, seven bits per byte. */
  number(value: number): void {
    let rest = (value << 1) ^ (value >> 31);
    while ((rest & ~0x7f) !== 0) {
      this.#bytes[this.#at++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.#bytes[this.#at++] = rest;
  }

  text(value: string): void {
    this.#makeRoomFor(value.length * 3 + LONGEST_LENGTH);
    if (value.length <= COPIED_BY_HAND && this.#plain(value)) return;
    this.number(Buffer.byteLength(value));
    this.#at += this.#bytes.write(value, this.#at);
  }

  finish(): Buffer {
    const end = this.#at;
    const length = end - LONGEST_LENGTH;
    this.#at = 0;
    this.number(length);
    const start = LONGEST_LENGTH - this.#at;
    this.#bytes.copyWithin(start, 0, this.#at);
    return Buffer.from(this.#bytes.subarray(start, end));
  }

  /** A call into native code takes longer than copying a short text. */
  #plain(value: string): boolean {
    const start = this.#at;
    this.number(value.length);
    for (let n = 0; n < value.length; n += 1) {
      const code = value.charCodeAt(n);
      if (code > 0x7f) {
        this.#at = start;
        return false;
      }
      this.#bytes[this.#at++] = code;
    }
    return true;
  }

  #makeRoomFor(length: number): void {
    if (this.#at + length + LONGEST_LENGTH <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(2 * (this.#at + length));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }
}

const out = new Scratch();
