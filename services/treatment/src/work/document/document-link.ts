import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { roles as allRoles, type Role } from '@throughline/graphql';
import type { SecretKey } from '@throughline/runtime';
import { z } from 'zod';

/** What a link lets its holder do, once or several times, until it is over. */
export interface Link {
  documentId: string;
  act: 'GET' | 'PUT';
  staffId: string;
  /** Those of the person when the link was made; the staff record can only take some away. */
  roles: readonly Role[];
  until: Date;
}

/** A link is for now: it is not kept, and not sent on. */
export const linkMinutes = 5;

const shape = z.tuple([z.uuid(), z.enum(['GET', 'PUT']), z.uuid(), z.array(z.enum(allRoles)), z.int()]);

/** The path below the address of the graph. */
export function pathOf(keys: readonly SecretKey[], link: Link): string {
  const { documentId, act, staffId, roles, until } = link;
  const said = Buffer.from(JSON.stringify([documentId, act, staffId, roles, until.getTime()])).toString(
    'base64url',
  );
  const [newest] = keys;
  if (!newest) throw new Error('there is no key for links');
  return `/documents/${said}.${signatureOf(newest, said).toString('base64url')}`;
}

/** Null: the path is none of ours, was changed, or is over. */
export function linkAt(keys: readonly SecretKey[], path: string, now: Date): Link | null {
  const [, said = '', given = ''] = /^\/documents\/([\w-]{40,1000})\.([\w-]{43})$/.exec(path) ?? [];
  const signature = Buffer.from(given, 'base64url');
  const isOurs = keys.some((key) => {
    const own = signatureOf(key, said);
    return own.length === signature.length && timingSafeEqual(own, signature);
  });
  if (!isOurs) return null;
  const [documentId, act, staffId, roles, until] = shape.parse(
    JSON.parse(Buffer.from(said, 'base64url').toString()),
  );
  return until < now.getTime() ? null : { documentId, act, staffId, roles, until: new Date(until) };
}

/** With a key of its own, derived from the one that encrypts the files. */
function signatureOf({ key }: SecretKey, said: string): Buffer {
  const own = Buffer.from(hkdfSync('sha256', key, '', 'links to documents', 32));
  return createHmac('sha256', own).update(said).digest();
}
