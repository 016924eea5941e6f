import { createHash } from 'node:crypto';
import { isProblem, type IdempotencyConflict } from '@throughline/graphql';
import type { EntityManager } from 'typeorm';

export interface Attempt {
  viewerId: string;
  command: string;
  /** The caller's idempotency key; without one the command simply runs. */
  key: string | null | undefined;
  input: unknown;
}

/** What a command did: the answer, and the id of the row by which a repetition finds it. */
export interface Outcome<Answer> {
  id: string;
  answer: Answer;
}

interface Receipt {
  command: string;
  input_hash: string;
  result: { id: string } | null;
}

/**
 * Runs a command once per viewer and idempotency key. A repetition with the same input answers `reload(id)`; with
 * another input IdempotencyConflict. A command that ends in a Problem leaves no receipt, so it can be tried again.
 * Two at once: the second waits for the commit of the first.
 */
export async function once<Answer extends object, Refused extends object>(
  tx: EntityManager,
  { viewerId, command, key, input }: Attempt,
  run: () => Promise<Outcome<Answer> | Refused>,
  reload: (id: string) => Promise<Answer | Refused>,
): Promise<Answer | Refused | IdempotencyConflict> {
  if (!key) return answerOf(await run());

  const hash = hashOf(input);
  const fresh: unknown[] = await tx.query(
    `insert into command_receipt (viewer_id, idempotency_key, command, input_hash)
     values ($1, $2, $3, $4) on conflict do nothing returning 1`,
    [viewerId, key, command, hash],
  );
  if (fresh.length === 0) {
    const receipt = await findReceipt(tx, viewerId, key);
    const same = receipt?.command === command && receipt.input_hash === hash;
    return same && receipt.result ? reload(receipt.result.id) : conflict;
  }
  const outcome = await run();
  await (isProblem(outcome) ? forget(tx, viewerId, key) : remember(tx, { viewerId, key, outcome }));
  return answerOf(outcome);
}

const conflict: IdempotencyConflict = {
  kind: 'IdempotencyConflict',
  message: 'This idempotency key was already used for something else.',
};

function answerOf<Answer extends object, Refused extends object>(
  outcome: Outcome<Answer> | Refused,
): Answer | Refused {
  return 'answer' in outcome ? outcome.answer : outcome;
}

async function findReceipt(tx: EntityManager, viewerId: string, key: string): Promise<Receipt | undefined> {
  const rows: Receipt[] = await tx.query(
    `select command, input_hash, result from command_receipt where viewer_id = $1 and idempotency_key = $2`,
    [viewerId, key],
  );
  return rows[0];
}

async function remember(
  tx: EntityManager,
  { viewerId, key, outcome }: { viewerId: string; key: string; outcome: object },
): Promise<void> {
  if (!('id' in outcome)) throw new Error('once() needs the id of what it did');
  await tx.query(
    `update command_receipt set result = jsonb_build_object('id', $3::text)
     where viewer_id = $1 and idempotency_key = $2`,
    [viewerId, key, outcome.id],
  );
}

async function forget(tx: EntityManager, viewerId: string, key: string): Promise<void> {
  await tx.query(`delete from command_receipt where viewer_id = $1 and idempotency_key = $2`, [
    viewerId,
    key,
  ]);
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
