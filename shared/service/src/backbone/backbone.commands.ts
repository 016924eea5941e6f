import { command } from '@throughline/command';
import {
  invalidTransition,
  isUuid,
  notFound,
  wrongForm,
  type InvalidTransition,
  type NotFound,
  type Problem,
  type ServiceContext,
} from '@throughline/graphql';
import {
  decideParked,
  findParked,
  mostReason,
  type Decision,
  type ParkedMessage,
} from '@throughline/messaging';
import type { Logger } from '@throughline/runtime';
import type { EntityManager } from 'typeorm';

interface Deciding {
  id: string;
  reason: string;
  idempotencyKey?: string | null | undefined;
}

/** How a decision is named in problems, receipts and the log. */
const commands = { RETRY: 'retryParkedFact', DROP: 'dropParkedFact' } as const;

/**
 * Decides that a parked fact is tried again or given up. Only a fact that is PARKED, else InvalidTransition, so that a
 * second click changes nothing. The decision is stored with its time, its reason and who made it; the log gets ids.
 */
export const decideParkedFact =
  (decision: Decision, logger: Logger) =>
  async (context: ServiceContext, input: Deciding): Promise<ParkedMessage | Problem> => {
    const wrong = wrongForm(context);
    if (wrong) return wrong;
    if (!isUuid(input.id)) return notFound('ParkedFact');
    const decided: ParkedMessage[] = [];
    const answer = await command(
      context,
      {
        ...{ name: commands[decision], input, again: found },
        check: () => (input.reason.length > mostReason ? [tooLong] : []),
      },
      async (_none, { tx, viewer }) => {
        const { id, reason } = input;
        const outcome = await decideParked(tx, id, { decision, reason, by: viewer.id });
        if (outcome !== 'DONE') return refused(tx, id, decision);
        const parked = await found(tx, id);
        decided.push(parked);
        return { answer: parked };
      },
    );
    for (const parked of decided) audit(logger, context, { decision, parked });
    return answer;
  };

const tooLong = {
  path: 'reason',
  code: 'TOO_LONG',
  message: `At most ${String(mostReason)} characters.`,
};

/** Called after the commit. The reason stays in the database, because a person wrote it. */
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
