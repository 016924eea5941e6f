import {
  caseClosed,
  clientDied,
  contactCorrected,
  contactLogged,
  referralFacts,
  type DataOf,
} from '@throughline/events';
import { on, record, type Reaction, type Received } from '@throughline/messaging';
import { startOfDay } from '@throughline/privacy';
import type { EntityManager } from 'typeorm';
import { EvidenceEntity, type Evidence } from '../obligation/obligation.entity.ts';
import { followUp } from './keep-up.ts';

interface Desk {
  now: () => Date;
  timeZone: string;
}

/** What other services tell of a client satisfies obligations by itself. Source: infra/reference/domain.md 5.3. */
export function onEvidence(desk: Desk): Reaction[] {
  return [
    on(contactLogged, contactOf(desk)),
    on(contactCorrected, contactOf(desk)),
    on(referralFacts.serviceStarted, (tx, { referralId: id, clientId }, received) =>
      keep(tx, desk, received, { id, clientId, type: 'REFERRAL', at: received.occurredAt, counts: true }),
    ),
    on(referralFacts.enteredInError, (tx, { referralId: id, clientId }, received) =>
      keep(tx, desk, received, { id, clientId, type: 'REFERRAL', at: received.occurredAt, counts: false }),
    ),
    on(clientDied, (tx, { clientId, diedOn }, received) => {
      const at = startOfDay(diedOn, desk.timeZone);
      return keep(tx, desk, received, { id: clientId, clientId, type: 'DEATH', at, counts: true });
    }),
    // A case that was closed before the day of death was told.
    on(caseClosed, async (tx, { caseId: id, clientId, reason }, received) => {
      if (reason !== 'DECEASED') return;
      await keep(tx, desk, received, { id, clientId, type: 'DEATH', at: received.occurredAt, counts: true });
    }),
  ];
}

type Contact = DataOf<typeof contactLogged>;

/** A correction replaces what was told before. */
function contactOf(desk: Desk) {
  return async (tx: EntityManager, contact: Contact, received: Received): Promise<void> => {
    const { contactId: id, clientId, at, reached: counts } = contact;
    if (at) await keep(tx, desk, received, { id, clientId, type: 'CONTACT', at: new Date(at), counts });
  };
}

async function keep(
  tx: EntityManager,
  { now, timeZone }: Desk,
  { cause, id: causationId }: Received,
  evidence: Evidence,
): Promise<void> {
  await tx.upsert(EvidenceEntity, evidence, ['id']);
  const facts = await followUp(tx, evidence.clientId, { now: now(), timeZone });
  await record(tx, { ...cause, causationId }, ...facts);
}
