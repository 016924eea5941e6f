import {
  forbidden,
  invalidInput,
  type InvalidInput,
  invalidTransition,
  isUuid,
  notFound,
  type Problem,
} from '@throughline/graphql';
import { once, record, schedule, unschedule } from '@throughline/messaging';
import { consentIssues, momentOf, type ConsentIssue } from '@throughline/privacy';
import type { EntityManager } from 'typeorm';
import { changeOne } from '../../change-one.ts';
import { mayReadPart, mayWorkWith, type Care } from '../../people/client/client.access.ts';
import { ClientEntity } from '../../people/client/client.entity.ts';
import { findCare } from '../../people/client/client.loaders.ts';
import type { Client } from '../../people/client/client.ts';
import type { Context } from '../../context.ts';
import type {
  ConsentInput,
  RecordConsentInput,
  RevokeConsentInput,
  SupersedeConsentInput,
} from '../../generated/graphql.ts';
import { requireRole } from '../../require-role.ts';
import { ConsentEntity } from './consent.entity.ts';
import { draftFaults, draftOf } from './consent.input.ts';
import { activate, endOf, isIrrevocable, recorded, revoke, supersede, type Consent } from './consent.ts';

export const expiryJob = 'consent.expire';

/** Elements are missing; nothing was stored. */
export interface ConsentDeficient extends Problem {
  kind: 'ConsentDeficient';
  issues: ConsentIssue[];
}

/** Records a signed consent. Answers ConsentDeficient with every missing element. */
export function recordConsent(context: Context, input: RecordConsentInput): Promise<Consent | Problem> {
  const { db, viewer, cause, now } = context;
  requireRole(viewer, 'CASE_MANAGER', 'SUPERVISOR', 'CLINICIAN', 'PEER_SPECIALIST');
  return db.transaction((tx) => {
    const run = async (): Promise<Consent | Problem> => {
      const client = await findClient(tx, context, input.clientId);
      if (!client) return notFound('Client');
      const consent = examine(context, client, input.consent);
      if (isRefused(consent)) return consent;

      await keep(context, tx, consent);
      await record(tx, cause, recorded(consent, now()));
      return consent;
    };
    const attempt = { viewerId: viewer.id, command: 'recordConsent', key: input.idempotencyKey, input };
    return once(tx, attempt, run, async (id) =>
      // Whoever lost the client meanwhile has lost the answer too.
      (await findClient(tx, context, input.clientId))
        ? tx.findOneByOrFail(ConsentEntity, { id })
        : notFound('Client'),
    );
  });
}

/** Replaces a consent in force; both changes are one commit, so there is no moment without either. */
export function supersedeConsent(context: Context, input: SupersedeConsentInput): Promise<Consent | Problem> {
  requireRole(context.viewer, 'CASE_MANAGER', 'SUPERVISOR', 'CLINICIAN', 'PEER_SPECIALIST');
  const change = { ...aConsent, command: 'supersedeConsent', input, may: mayWorkWith };
  return changeOne(context, change, async (old, tx) => {
    const client = await tx.findOneByOrFail(ClientEntity, { id: old.clientId });
    if (old.status !== 'ACTIVE') return invalidTransition(old.status, 'supersedeConsent', []);
    const next = examine(context, client, input.consent);
    if (isRefused(next)) return next;
    const replaced = supersede(old, next, context.now());
    if (!replaced) return invalidTransition(old.status, 'supersedeConsent', []);
    return {
      row: replaced.old,
      facts: [replaced.fact],
      answer: next,
      also: async () => {
        await keep(context, tx, next);
        await unschedule(tx, jobKeyOf(old));
      },
    };
  });
}

/** From the commit on nothing may leave under it. The will of the person needs no approval, only a moment. */
export function revokeConsent(context: Context, input: RevokeConsentInput): Promise<Consent | Problem> {
  requireRole(
    context.viewer,
    'CASE_MANAGER',
    'SUPERVISOR',
    'CLINICIAN',
    'PEER_SPECIALIST',
    'PRIVACY_OFFICER',
  );
  const may = (viewer: Context['viewer'], care: Care | null) => mayReadPart(viewer, care, 'CONSENTS');
  const change = { ...aConsent, command: 'revokeConsent', input, may };
  return changeOne(context, change, (consent, tx) => {
    const at = momentOf(context);
    if (isIrrevocable(consent, at))
      return forbidden(`A court order keeps this consent in force until ${consent.irrevocableUntil ?? ''}.`);
    const revoked = revoke(consent, input.method ?? 'WRITTEN', at);
    if (!revoked) return invalidTransition(consent.status, 'revokeConsent', []);
    return {
      row: revoked.consent,
      facts: [revoked.fact],
      also: () => unschedule(tx, jobKeyOf(consent)),
    };
  });
}

const aConsent = {
  entity: ConsentEntity,
  what: 'Consent',
  clientIdOf: ({ clientId }: Consent) => clientId,
};

async function findClient(tx: EntityManager, { viewer }: Context, id: string): Promise<Client | null> {
  if (!isUuid(id)) return null;
  const client = await tx.findOneBy(ClientEntity, { id });
  const [care = null] = client ? await findCare(tx, [client.id]) : [];
  return mayWorkWith(viewer, care) ? client : null;
}

/** The consent, ready to be kept, or everything that is wrong with it. */
function examine(
  context: Context,
  client: Client,
  given: ConsentInput,
): Consent | ConsentDeficient | InvalidInput {
  const draft = draftOf(client.id, given);
  const faults = draftFaults(draft).map((found) => ({ ...found, path: `consent.${found.path}` }));
  if (faults.length > 0) return invalidInput(faults);

  const at = momentOf(context);
  const consent = activate(draft, context.viewer.id, at.now);
  const { id: clientId, dateOfBirth, consentAuthority } = client;
  const issues = consentIssues(consent, at, { clientId, dateOfBirth, consentAuthority });
  if (issues.length === 0) return consent;
  const message = `The consent has ${issues.length} missing or wrong element(s); nothing was stored.`;
  return { kind: 'ConsentDeficient', message, issues };
}

function isRefused(
  value: Consent | ConsentDeficient | InvalidInput,
): value is ConsentDeficient | InvalidInput {
  return 'issues' in value;
}

async function keep({ timeZone }: Context, tx: EntityManager, consent: Consent): Promise<void> {
  await tx.insert(ConsentEntity, consent);
  const runAt = endOf(consent, timeZone);
  if (runAt) await schedule(tx, expiryJob, { consentId: consent.id }, { runAt, jobKey: jobKeyOf(consent) });
}

function jobKeyOf({ id }: Consent): string {
  return `${expiryJob}:${id}`;
}
