import type { Care } from '@throughline/care';
import { command, type Tools } from '@throughline/command';
import type { Fact } from '@throughline/events';
import { hasRole, type Viewer } from '@throughline/graphql';
import { isProblem, invalidTransition } from '@throughline/graphql/problems';
import { IsNull, type EntityManager } from 'typeorm';
import type { Context } from '../../context.ts';
import type { CloseCaseInput, ReopenCaseInput } from '../../generated/graphql.ts';
import { ClientEntity } from '../../people/client/client.entity.ts';
import { contactRuleFact } from '../../people/client/contact-rule.ts';
import { AssignmentEntity } from '../assignment/assignment.entity.ts';
import { insertOwnCase } from '../assignment/staffing.ts';
import { CaseFileEntity, insertCase } from '../case-file/case-file.entity.ts';
import type { CaseFile } from '../case-file/case-file.ts';
import { endPrimary, latestCase, leadOrQueue } from '../case-file/lead.ts';
import { nextContactFacts } from '../case-file/next-contact.ts';
import { setClientStatus, writingMove } from '../case-file/write-move.ts';
import { NeedEntity } from '../need/need.entity.ts';
import type { Need } from '../need/need.ts';
import { countBlockers } from './blocker.entity.ts';
import { settleRequest } from './close-request.entity.ts';
import { closeCase as close, reopen, type Closing, type OpenWork } from './closure.ts';

/** The last case manager of a closed case can still read it. */
export const closeCase = (context: Context, input: CloseCaseInput) =>
  command(
    context,
    { name: 'closeCase', input, lock: [CaseFileEntity, input.caseId], part: 'CASE' },
    (caseFile, tools) => closing(context, caseFile, input, tools),
  );

/** What the end of a case writes: the case, its needs, a death, and the request that waited for a decision. */
export async function closing(context: Context, caseFile: CaseFile, input: Closing, tools: Tools) {
  const { tx, now, viewer, care } = tools;
  const open = await openWorkOf(tx, caseFile);
  const acting = { open, by: viewer.id, canOverride: mayOverride(viewer, care) };
  const closed = close(caseFile, input, acting, { now, timeZone: context.timeZone });
  if (isProblem(closed)) return closed;
  const { needs, ...moved } = closed;
  const change = writingMove(moved, context);
  const died = input.deceasedOn ? [await factOfDeath(tx, caseFile.clientId, now)] : [];
  const also = async () => {
    for (const { update } of needs) if (update) await writeNeed(tx, update);
    await settleRequest(tx, caseFile.id, now);
    if (input.deceasedOn) await recordDeath(tx, caseFile.clientId, input.deceasedOn);
    await change.also(tx);
  };
  return { ...change, facts: [...change.facts, ...died], also };
}

async function writeNeed(tx: EntityManager, { id, status, version }: Need): Promise<void> {
  await tx.update(NeedEntity, { id }, { status, version: version + 1 });
}

/** The case manager of before leads the case again, when that person still can; otherwise it waits in the queue. */
export const reopenCase = (context: Context, input: ReopenCaseInput) =>
  command(
    context,
    {
      ...{
        name: 'reopenCase',
        input,
        lock: [CaseFileEntity, input.caseId] as const,
        part: 'SOCIAL' as const,
      },
      again: (tx) => reopenedAs(tx, input.caseId),
    },
    async (caseFile, { tx, now, viewer }) => {
      const refusal = await reopeningRefusal(tx, caseFile);
      if (refusal) return refusal;
      const by = { staffId: viewer.id, reason: input.reason };
      const decided = reopen(caseFile, by, { now, timeZone: context.timeZone });
      if (isProblem(decided)) return decided;
      const primary = await primaryOf(tx, caseFile.clientId);
      const leading = { leaderId: primary?.caseManagerId ?? null, by: viewer.id };
      const next = 'sameCase' in decided ? decided.sameCase.update : decided.newCase.caseFile;
      const led = await leadOrQueue(tx, next, leading, { now, timeZone: context.timeZone });
      const settle = async () => {
        await endPrimary(tx, caseFile.clientId, now);
        if (led.assignment) await insertOwnCase(tx, led.assignment);
        await setClientStatus(tx, caseFile.clientId, 'ACTIVE');
      };
      if ('newCase' in decided) {
        const { caseFile: fresh, fact } = decided.newCase;
        const also = async () => {
          await insertCase(tx, fresh, viewer.id);
          await settle();
        };
        return { answer: fresh, facts: [fact, ...nextContactFacts(null, fresh, now), led.fact], also };
      }
      const change = writingMove(decided.sameCase, context);
      const also = async () => {
        await change.also(tx);
        await settle();
      };
      return { ...change, facts: [...change.facts, led.fact], also };
    },
  );

/** A supervisor overrides what holds up the end of a case, but not of the own case: that takes another supervisor. */
export function mayOverride(viewer: Viewer, care: Pick<Care, 'caseManagerId'> | null): boolean {
  return hasRole(viewer, 'SUPERVISOR') && care?.caseManagerId !== viewer.id;
}

/** What is open for the client of a case. */
export async function openWorkOf(db: EntityManager, { id, clientId }: CaseFile): Promise<OpenWork> {
  const needs = await db.findBy(NeedEntity, { caseId: id });
  const primary = await primaryOf(db, clientId);
  return { ...(await countBlockers(db, clientId)), needs, hasOwner: primary !== null };
}

function primaryOf(db: EntityManager, clientId: string) {
  return db.findOneBy(AssignmentEntity, { clientId, role: 'PRIMARY', endedAt: IsNull() });
}

/** The dead come back to no case, and only the newest case of a person is opened again. */
async function reopeningRefusal(tx: EntityManager, { id, clientId, status }: CaseFile) {
  const client = await tx.findOneByOrFail(ClientEntity, { id: clientId });
  if (client.status === 'DECEASED') return invalidTransition('DECEASED', 'reopenCase', []);
  const latest = await latestCase(tx, clientId);
  return latest?.id === id ? null : invalidTransition(status, 'reopenCase', []);
}

/** The answer of a repeated key: the new case when there is one, otherwise the same. */
async function reopenedAs(tx: EntityManager, caseId: string): Promise<CaseFile> {
  const next = await tx.findOneBy(CaseFileEntity, { previousCaseId: caseId });
  return next ?? (await tx.findOneByOrFail(CaseFileEntity, { id: caseId }));
}

/** Nobody is reminded any more. */
async function factOfDeath(tx: EntityManager, id: string, now: Date): Promise<Fact> {
  const client = await tx.findOneByOrFail(ClientEntity, { id });
  return contactRuleFact({ ...client, status: 'DECEASED' }, now);
}

async function recordDeath(tx: EntityManager, clientId: string, day: string): Promise<void> {
  await setClientStatus(tx, clientId, 'DECEASED');
  await tx.update(ClientEntity, { id: clientId }, { deceasedOn: day });
}
