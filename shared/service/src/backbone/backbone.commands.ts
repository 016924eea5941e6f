import {
  invalidInput,
  invalidTransition,
  notFound,
  type InvalidInput,
  type InvalidTransition,
  type NotFound,
  type ServiceContext,
} from '@throughline/graphql';
import {
  decideParked,
  findParked,
  mostReason,
  once,
  type Decision,
  type IdempotencyConflict,
  type ParkedMessage,
} from '@throughline/messaging';
import type { Logger } from '@throughline/runtime';
import type { EntityManager } from 'typeorm';

interface Deciding {
  id: string;
  reason: string;
  idempotencyKey?: string | null | undefined;
}

/** How a decision is told in problems, receipts and the log. */
const commands = { RETRY: 'retryParkedFact', DROP: 'dropParkedFact' } as const;

type Settled = ParkedMessage | NotFound | InvalidTransition;

interface Asked {
  decision: Decision;
  input: Deciding;
  logger: Logger;
}

/**
 * Has a parked fact tried again or given up. Only one that is PARKED, else InvalidTransition, so that a second click
 * changes nothing. Who, when and why is kept; the log gets a line of ids.
 */
export async function decideParkedFact(
  context: ServiceContext,
  { decision, input, logger }: Asked,
): Promise<Settled | InvalidInput | IdempotencyConflict> {
  const { db, viewer } = context;
  const { id, reason, idempotencyKey: key } = input;
  const fault = faultOf(reason);
  if (fault) return fault;

  const decided: ParkedMessage[] = [];
  const decide = async (tx: EntityManager): Promise<Settled> => {
    const outcome = await decideParked(tx, id, { decision, reason, by: viewer.id });
    if (outcome !== 'DONE') return refused(tx, id, decision);
    const parked = await found(tx, id);
    decided.push(parked);
    return parked;
  };
  const attempt = { viewerId: viewer.id, command: commands[decision], key, input: { id, reason } };
  const result = await db.transaction((tx) =>
    once<Settled>(
      tx,
      attempt,
      () => decide(tx),
      () => found(tx, id),
    ),
  );
  for (const parked of decided) audit(logger, context, { decision, parked });
  return result;
}

/** Only of what is committed, and without the reason: what a person wrote stays in the database. */
function audit(
  logger: Logger,
  { viewer, cause }: ServiceContext,
  { decision, parked }: { decision: Decision; parked: ParkedMessage },
): void {
  const { id, factId, type, topic, key, consumer } = parked;
  const who = { viewerId: viewer.id, requestId: cause.correlationId, operation: commands[decision] };
  logger.info(
    { ...who, id, factId, type, topic, key, consumer },
    'an administrator decided about a parked fact',
  );
}

function faultOf(reason: string): InvalidInput | null {
  const length = reason.trim().length;
  if (length === 0) {
    return invalidInput([
      { path: 'reason', code: 'REQUIRED', message: 'Say why: it is kept with the decision.' },
    ]);
  }
  if (length <= mostReason) return null;
  return invalidInput([{ path: 'reason', code: 'TOO_LONG', message: `At most ${mostReason} characters.` }]);
}

async function found(tx: EntityManager, id: string): Promise<ParkedMessage> {
  const parked = await findParked(tx, id);
  if (!parked) throw new Error('a decided fact is gone');
  return parked;
}

async function refused(
  tx: EntityManager,
  id: string,
  decision: Decision,
): Promise<NotFound | InvalidTransition> {
  const parked = await findParked(tx, id);
  return parked ? invalidTransition(parked.state, commands[decision], []) : notFound('ParkedFact');
}
