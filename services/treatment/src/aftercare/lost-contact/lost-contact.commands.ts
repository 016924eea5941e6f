import { command, lockRow } from '@throughline/command';
import { isProblem } from '@throughline/graphql/problems';
import type { EntityManager } from 'typeorm';
import type { Context } from '../../context.ts';
import type { DecideLostContactInput, ReviewLostContactInput } from '../../generated/graphql.ts';
import { ConsentCopyEntity } from '../consent-copy/consent-copy.entity.ts';
import { takeTurn } from '../obligation/take-turn.ts';
import { LostContactEntity, LostContactStepEntity } from './lost-contact.entity.ts';
import * as lost from './lost-contact.ts';

const part = 'CLINICAL';

export const decideLostContact = (context: Context, input: DecideLostContactInput) =>
  command(
    context,
    { name: 'decideLostContact', input, lock: [LostContactEntity, input.id, lockInTurn], part },
    async ({ row }, { tx, viewer, now }) => {
      const consents = await tx.findBy(ConsentCopyEntity, { clientId: row.clientId });
      const tried = input.tried.map(({ consentId = null, ...one }) => ({ ...one, consentId }));
      const answer = { isLost: input.isLost, reason: input.reason, tried };
      return withStep(context, lost.decideLostContact(row, answer, { by: viewer.id, now, consents }), row);
    },
  );

/** Agreed, the contacts that are still to come stop. */
export const reviewLostContact = (context: Context, input: ReviewLostContactInput) =>
  command(
    context,
    { name: 'reviewLostContact', input, lock: [LostContactEntity, input.id, lockInTurn], part },
    ({ row }, { viewer, now }) =>
      withStep(context, lost.reviewLostContact(row, input, { by: viewer.id, now }), row),
  );

/** In the order of `followUp`: the turn of the client first, so that neither waits for the other. */
async function lockInTurn(tx: EntityManager, id: string): Promise<{ row: lost.LostContact } | null> {
  const found = await tx.findOneBy(LostContactEntity, { id });
  if (!found) return null;
  await takeTurn(tx, found.clientId);
  const row = await lockRow(tx, LostContactEntity, id);
  return row && { row };
}

function withStep(
  { consequences, timeZone, now }: Context,
  decided: lost.Decided,
  { clientId }: lost.LostContact,
) {
  if (isProblem(decided)) return decided;
  const { step, ...change } = decided;
  return {
    ...change,
    also: (tx: EntityManager) => tx.insert(LostContactStepEntity, step),
    after: (tx: EntityManager) => consequences.followUp(tx, clientId, { now: now(), timeZone }),
  };
}
