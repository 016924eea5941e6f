import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';

/** The idempotency key was used before, for something else. */
export interface IdempotencyConflict {
  kind: 'IdempotencyConflict';
  message: string;
}

export interface Attempt {
  viewerId: string;
  command: string;
  /** The caller's idempotency key; without one the command simply runs. */
  key: string | null | undefined;
  input: unknown;
}

interface Receipt {
  command: string;
  input_hash: string;
  result: { id: string } | null;
}

/**
 * Runs a command once per viewer and idempotency key. A repetition with the same input answers `reload(id)` of
 * the first result; with another input IdempotencyConflict. A command that ends in a Problem leaves no receipt,
 * so it can be sent again. Of two at the same time the second waits for the commit of the first.
 */
export async function once<Result extends object>(
  tx: EntityManager,
  { viewerId, command, key, input }: Attempt,
  run: () => Promise<Result>,
  reload: (id: string) => Promise<Result>,
): Promise<Result | IdempotencyConflict> {
  if (!key) return run();

  const hash = hashOf(input);
  const fresh: unknown[] = await tx.query(
    `insert into command_receipt (viewer_id, idempotency_key, command, input_hash)
     values ($1, $2, $3, $4) on conflict do nothing returning 1`,
    [viewerId, key, command, hash],
  );
  if (fresh.length === 0) return repeat(await findReceipt(tx, viewerId, key), { command, hash }, reload);

  const result = await run();
  await (isProblem(result) ? forget(tx, viewerId, key) : keep(tx, viewerId, key, result));
  return result;
}

function repeat<Result extends object>(
  receipt: Receipt | undefined,
  { command, hash }: { command: string; hash: string },
  reload: (id: string) => Promise<Result>,
): Promise<Result> | IdempotencyConflict {
  const same = receipt?.command === command && receipt.input_hash === hash;
  if (same && receipt.result) return reload(receipt.result.id);
  return {
    kind: 'IdempotencyConflict',
    message: 'This idempotency key was already used for something else.',
  };
}

async function findReceipt(tx: EntityManager, viewerId: string, key: string): Promise<Receipt | undefined> {
  const rows: Receipt[] = await tx.query(
    `select command, input_hash, result from command_receipt where viewer_id = $1 and idempotency_key = $2`,
    [viewerId, key],
  );
  return rows[0];
}

async function keep(tx: EntityManager, viewerId: string, key: string, result: object): Promise<void> {
  if (!('id' in result) || typeof result.id !== 'string') throw new Error('once() needs a result with an id');
  await tx.query(
    `update command_receipt set result = jsonb_build_object('id', $3::text)
     where viewer_id = $1 and idempotency_key = $2`,
    [viewerId, key, result.id],
  );
}

async function forget(tx: EntityManager, viewerId: string, key: string): Promise<void> {
  await tx.query(`delete from command_receipt where viewer_id = $1 and idempotency_key = $2`, [
    viewerId,
    key,
  ]);
}

function isProblem(result: object): boolean {
  return 'kind' in result && 'message' in result;
}

/** Hash of the input as JSON with sorted fields, so that the order of fields does not matter. */
function hashOf(input: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([input], sortFields))
    .digest('hex');
}

function sortFields(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
