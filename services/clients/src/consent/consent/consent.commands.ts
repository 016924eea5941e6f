import { command, lockRow } from '@throughline/command';
import { invalidTransition, isProblem, type Problem } from '@throughline/graphql/problems';
import { schedule, unschedule } from '@throughline/messaging';
import { consentIssues, type ConsentIssue, type Moment } from '@throughline/privacy';
import type { EntityManager } from 'typeorm';
import type { Context } from '../../context.ts';
import type {
  ConsentInput,
  RecordConsentInput,
  RevokeConsentInput,
  SupersedeConsentInput,
} from '../../generated/graphql.ts';
import { ClientEntity } from '../../people/client/client.entity.ts';
import type { Client } from '../../people/client/client.ts';
import { ConsentEntity } from './consent.entity.ts';
import { draftOf } from './consent.input.ts';
import {
  activate,
  endOf,
  recordConsent as decide,
  replaceBy,
  revoke,
  supersede,
  type Consent,
  type SignedConsent,
} from './consent.ts';

export const expiryJob = 'consent.expire';

/** Elements are missing; nothing was stored. */
export interface ConsentDeficient extends Problem {
  kind: 'ConsentDeficient';
  issues: ConsentIssue[];
}

/** Locks the client, so that a form that is sent twice at once is stored once. */
export const recordConsent = (context: Context, input: RecordConsentInput) =>
  command(
    context,
    {
      ...{ name: 'recordConsent', input, creates: ConsentEntity, part: 'CONSENTS' },
      ...{ lock: [ClientEntity, input.clientId], clientOf: ({ id }: Client) => id },
    },
    async (client, { tx, now, viewer }) => {
      const at = { now, timeZone: context.timeZone };
      const consent = examine(client, { given: input.consent, by: viewer.id }, at);
      if (isProblem(consent)) return consent;
      const equal = await findEqual(tx, consent);
      if (equal) return { answer: equal };
      return { ...decide(consent, now), also: () => scheduleEnd(tx, consent, at) };
    },
  );

/** Both changes are one commit, so there is no moment without a consent. */
export const supersedeConsent = (context: Context, input: SupersedeConsentInput) =>
  command(
    context,
    {
      ...{ name: 'supersedeConsent', input, creates: ConsentEntity, part: 'CONSENTS' },
      lock: [ConsentEntity, input.id, lockWithClient],
    },
    async ({ row: old, client }, { tx, now, viewer }) => {
      if (old.status !== 'ACTIVE') return invalidTransition(old.status, 'supersedeConsent', []);
      const at = { now, timeZone: context.timeZone };
      const next = examine(client, { given: input.consent, by: viewer.id }, at);
      if (isProblem(next)) return next;
      const equal = await findEqual(tx, next);
      if (equal?.id === old.id) return { answer: equal };
      const also = async () => {
        if (!equal) await scheduleEnd(tx, next, at);
        await unschedule(tx, jobKeyOf(old));
      };
      const decision = equal ? replaceBy(old, equal, now) : supersede(old, next, now);
      return { ...decision, also };
    },
  );

/** Locks the client first, as `recordConsent` does: an equal form that arrives at the same moment waits. */
async function lockWithClient(
  tx: EntityManager,
  id: string,
): Promise<{ row: Consent; client: Client } | null> {
  const consent = await tx.findOneBy(ConsentEntity, { id });
  const client = consent && (await lockRow(tx, ClientEntity, consent.clientId));
  const row = client && (await lockRow(tx, ConsentEntity, id));
  return row && { row, client };
}

/** From the commit on nothing may be disclosed under the consent. A revocation needs no approval. */
export const revokeConsent = (context: Context, input: RevokeConsentInput) =>
  command(
    context,
    { name: 'revokeConsent', input, lock: [ConsentEntity, input.id], part: 'CONSENTS' },
    (consent, { tx, now }) => {
      const revoked = revoke(consent, input.method ?? 'WRITTEN', { now, timeZone: context.timeZone });
      return isProblem(revoked) ? revoked : { ...revoked, also: () => unschedule(tx, jobKeyOf(consent)) };
    },
  );

/** The consent as it would be stored, or every element that is missing or wrong. */
function examine(
  { id: clientId, dateOfBirth, consentAuthority }: Client,
  { given, by }: { given: ConsentInput; by: string },
  at: Moment,
): SignedConsent | ConsentDeficient {
  const consent = activate(draftOf(clientId, given), by, at.now);
  const issues = consentIssues(consent, at, { clientId, dateOfBirth, consentAuthority });
  if (issues.length === 0) return consent;
  const message = `The consent has ${String(issues.length)} missing or wrong element(s); nothing was stored.`;
  return { kind: 'ConsentDeficient', message, issues };
}

/** Locked, so that a consent that is revoked at this moment does not count as the equal one. */
function findEqual(tx: EntityManager, { clientId, contentHash }: SignedConsent): Promise<Consent | null> {
  const where = { clientId, contentHash, status: 'ACTIVE' as const };
  return tx.findOne(ConsentEntity, { where, lock: { mode: 'pessimistic_write' } });
}

async function scheduleEnd(tx: EntityManager, consent: Consent, { timeZone }: Moment): Promise<void> {
  const runAt = endOf(consent, timeZone);
  if (runAt) await schedule(tx, expiryJob, { consentId: consent.id }, { runAt, jobKey: jobKeyOf(consent) });
}

function jobKeyOf({ id }: Consent): string {
  return `${expiryJob}:${id}`;
}
