import { mayLimitDisclosure } from '@throughline/care';
import { command, ownerFirst } from '@throughline/command';
import { invalidTransition, isProblem, type InputIssue, type Problem } from '@throughline/graphql/problems';
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
import { birthdayOf, type Client } from '../../people/client/client.ts';
import { awaitAgencies } from '../../people/agency/agency.entity.ts';
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
import { nameIssues } from './name-as-signed.ts';

export const expiryJob = 'consent.expire';

/** Elements are missing; nothing was stored. */
export interface ConsentDeficient extends Problem {
  kind: 'ConsentDeficient';
  issues: ConsentIssue[];
}

/** Locks the client, so that a form that is sent twice at once is stored once. */
export async function recordConsent(context: Context, input: RecordConsentInput) {
  const faults = await recipientFaults(context, input.consent);
  return command(
    context,
    {
      ...{ name: 'recordConsent', input, creates: ConsentEntity, part: 'CONSENTS' },
      ...{ lock: [ClientEntity, input.clientId], clientOf: ({ id }: Client) => id },
      check: () => faults,
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
}

/** As `recordConsent` does: an equal form that arrives at the same moment waits. */
const clientFirst = ownerFirst(ConsentEntity, 'clientId', ClientEntity);

/** Both changes are one commit, so there is no moment without a consent. */
export async function supersedeConsent(context: Context, input: SupersedeConsentInput) {
  const faults = await recipientFaults(context, input.consent);
  return command(
    context,
    {
      ...{ name: 'supersedeConsent', input, creates: ConsentEntity, part: 'CONSENTS' },
      lock: [ConsentEntity, input.id, clientFirst],
      check: () => faults,
    },
    async ({ row: old, owner: client }, { tx, now, viewer }) => {
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
}

/** From the commit on nothing may be disclosed under the consent. A revocation needs no approval. */
export const revokeConsent = (context: Context, input: RevokeConsentInput) =>
  command(
    context,
    {
      ...{ name: 'revokeConsent', input, lock: [ConsentEntity, input.id] },
      may: (care) => mayLimitDisclosure(context.viewer, care),
    },
    (consent, { tx, now }) => {
      const revoked = revoke(consent, input.method ?? 'WRITTEN', { now, timeZone: context.timeZone });
      return isProblem(revoked) ? revoked : { ...revoked, also: () => unschedule(tx, jobKeyOf(consent)) };
    },
  );

/**
 * Recipients that are no agency of the directory. Agencies are never removed, so this is asked before the transaction. An
 * agency that is not active may be named: nothing is sent to it.
 */
async function recipientFaults({ db, now }: Context, { recipients }: ConsentInput): Promise<InputIssue[]> {
  const ids = (recipients ?? []).map(({ agencyId }) => agencyId?.toLowerCase() ?? '');
  const unknown = await awaitAgencies(db, ids, now());
  return ids.flatMap((id, index) =>
    unknown.has(id) ? [{ ...unknownAgency, path: `consent.recipients.${String(index)}.agencyId` }] : [],
  );
}

const unknownAgency = { code: 'UNKNOWN', message: 'There is no such agency in the directory.' };

/** The consent as it would be stored, or every element that is missing or wrong. */
function examine(
  client: Client,
  { given, by }: { given: ConsentInput; by: string },
  at: Moment,
): SignedConsent | ConsentDeficient {
  const { id: clientId, consentAuthority } = client;
  const consent = activate(draftOf(clientId, given), by, at.now);
  const elements = consentIssues(consent, at, {
    clientId,
    dateOfBirth: birthdayOf(client),
    consentAuthority,
  });
  const issues = [...nameIssues(consent, client), ...elements];
  if (issues.length === 0) return consent;
  const message = `The consent has ${String(issues.length)} missing or wrong element(s); nothing was stored.`;
  return { kind: 'ConsentDeficient', message, issues };
}

/** Locked, so that a consent that is revoked at this moment does not count as the equal one. */
function findEqual(tx: EntityManager, { clientId, contentHash }: SignedConsent): Promise<Consent | null> {
  const where = { clientId, contentHash, status: 'ACTIVE' as const };
  return tx.findOne(ConsentEntity, { where, lock: { mode: 'for_no_key_update' } });
}

async function scheduleEnd(tx: EntityManager, consent: Consent, { timeZone }: Moment): Promise<void> {
  const runAt = endOf(consent, timeZone);
  if (runAt) await schedule(tx, expiryJob, { consentId: consent.id }, { runAt, jobKey: jobKeyOf(consent) });
}

function jobKeyOf({ id }: Consent): string {
  return `${expiryJob}:${id}`;
}
