import { createHash } from 'node:crypto';

/** Name space of all ids that this service derives from others' names for a thing. */
const directorySpace = '6f0c0f0e-6a5e-5b58-9d0a-7f1f4d8f2c11';
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Our id of a row of a directory. HSDS 3 ids are uuids and stay; older ones are numbers or codes and become a
 * uuid v5 of source, entity and id, so that the same row gets the same id at every import.
 */
export function stableId(source: string, entity: string, sourceId: string): string {
  return uuid.test(sourceId) ? sourceId.toLowerCase() : uuidV5(`${source}\n${entity}\n${sourceId}`);
}

/** The same id for the same name, at any time. */
export function uuidV5(name: string): string {
  const space = Buffer.from(directorySpace.replaceAll('-', ''), 'hex');
  const hash = createHash('sha1').update(space).update(name).digest().subarray(0, 16);
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
