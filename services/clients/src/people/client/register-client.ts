import type { Fact } from '@throughline/events';
import { forbidden, hasRole, invalidInput, type Problem } from '@throughline/graphql';
import { once, record } from '@throughline/messaging';
import { momentOf, today, type Moment } from '@throughline/privacy';
import type { EntityManager } from 'typeorm';
import { assignPrimary, leaveUnassigned, type Assignment } from '../../casework/case-file/assignment.ts';
import { AssignmentEntity, CaseFileEntity } from '../../casework/case-file/case-file.entity.ts';
import { openCase } from '../../casework/case-file/case-file.ts';
import { CaseManagerEntity } from '../../workforce/case-manager/case-manager.entity.ts';
import type { CaseManager } from '../../workforce/case-manager/case-manager.ts';
import type { Context } from '../../context.ts';
import type { RegisterClientInput } from '../../generated/graphql.ts';
import { draftOf } from '../../casework/need/need.commands.ts';
import { NeedEntity } from '../../casework/need/need.entity.ts';
import { needFaults, recordNeed, type NeedDraft } from '../../casework/need/need.ts';
import { requireRole } from '../../require-role.ts';
import { mayReadClient } from './client.access.ts';
import { ClientEntity } from './client.entity.ts';
import { recordOf } from './client.input.ts';
import { findCare } from './client.loaders.ts';
import { register, type Client, type PersonalRecord } from './client.ts';
import { recordFaults } from './personal-record.ts';

/**
 * A person becomes a client: client, case, assignment and needs in one transaction. The case goes to the case
 * manager who asks; whoever is none leaves it to the queue. Answers InvalidInput with every fault.
 */
export function registerClient(context: Context, input: RegisterClientInput): Promise<Client | Problem> {
  const { db, viewer } = context;
  requireRole(viewer, 'CASE_MANAGER', 'SUPERVISOR', 'INTAKE_WORKER');
  const personal = recordOf(input);
  const needs = (input.needs ?? []).map(draftOf);
  const faults = [
    ...recordFaults(personal, momentOf(context)),
    ...needFaults(needs, [], (index) => `needs.${index}.`),
    ...(needs.length > 50 ? [{ path: 'needs', code: 'TOO_MANY', message: 'At most 50 entries.' }] : []),
  ];
  if (faults.length > 0) return Promise.resolve(invalidInput(faults));

  const attempt = { viewerId: viewer.id, command: 'registerClient', key: input.idempotencyKey, input };
  return db.transaction((tx) =>
    once<Client | Problem>(
      tx,
      attempt,
      () => open(context, tx, personal, needs),
      (id) => findRegistered(tx, context, id),
    ),
  );
}

/** Whoever lost the client meanwhile has lost the answer too. */
async function findRegistered(tx: EntityManager, { viewer }: Context, id: string): Promise<Client | Problem> {
  const [care = null] = await findCare(tx, [id]);
  if (!mayReadClient(viewer, care)) return forbidden('You have no access to this client any more.');
  return tx.findOneByOrFail(ClientEntity, { id });
}

async function open(
  { viewer, cause, now, timeZone }: Context,
  tx: EntityManager,
  personal: PersonalRecord,
  drafts: NeedDraft[],
): Promise<Client | Problem> {
  const staff = await tx.findOneBy(CaseManagerEntity, { id: viewer.id, active: true });
  if (!staff) return forbidden('You have no active staff record: ask a program administrator for one.');

  const at = now();
  const caseNumber = await nextCaseNumber(tx, { now: at, timeZone });
  const registered = register(personal, { staffId: viewer.id, caseNumber }, at);
  const opened = openCase(registered.client.id, at);
  const primary = hasRole(viewer, 'CASE_MANAGER') ? lead(opened.caseFile, staff, at) : null;
  const needs = drafts.map((draft) => recordNeed(opened.caseFile, draft, at));

  await tx.insert(ClientEntity, registered.client);
  await tx.insert(CaseFileEntity, opened.caseFile);
  if (primary) await tx.insert(AssignmentEntity, primary.assignment);
  if (needs.length > 0)
    await tx.insert(
      NeedEntity,
      needs.map(({ need }) => need),
    );
  const assigned = primary?.fact ?? leaveUnassigned(opened.caseFile, at);
  await record(tx, cause, ...registered.facts, opened.fact, assigned, ...needs.map(({ fact }) => fact));
  return registered.client;
}

function lead(
  caseFile: { id: string; clientId: string },
  staff: CaseManager,
  at: Date,
): { assignment: Assignment; fact: Fact } {
  return assignPrimary(caseFile, { to: staff, by: staff.id, reason: null }, null, at);
}

async function nextCaseNumber(tx: EntityManager, at: Moment): Promise<string> {
  const rows: { n: string }[] = await tx.query(`select nextval('case_number') as n`);
  return `TL-${today(at).slice(0, 4)}-${(rows[0]?.n ?? '').padStart(6, '0')}`;
}
