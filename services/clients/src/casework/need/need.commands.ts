import { invalidInput, invalidTransition, isUuid, notFound, type Problem } from '@throughline/graphql';
import { once, record } from '@throughline/messaging';
import { CaseFileEntity } from '../case-file/case-file.entity.ts';
import { isOpen } from '../case-file/case-file.ts';
import { changeOne } from '../../change-one.ts';
import { reachOf } from '../../people/client/client.access.ts';
import { findCare } from '../../people/client/client.loaders.ts';
import type { Context } from '../../context.ts';
import type { NeedInput, RecordNeedInput, UpdateNeedStatusInput } from '../../generated/graphql.ts';
import { requireRole } from '../../require-role.ts';
import { NeedEntity } from './need.entity.ts';
import { changeNeedStatus, needFaults, nextNeedStatus, recordNeed as decide } from './need.ts';
import type { Need, NeedDraft } from './need.ts';

export function draftOf({ category, source, priority, clientRank }: NeedInput): NeedDraft {
  return {
    category,
    source: source ?? 'CLIENT_STATED',
    priority: priority ?? null,
    clientRank: clientRank ?? null,
  };
}

/** Adds a need to an open case. */
export function recordNeed(context: Context, input: RecordNeedInput): Promise<Need | Problem> {
  const { db, viewer, cause, now } = context;
  requireRole(viewer, 'CASE_MANAGER', 'SUPERVISOR', 'INTAKE_WORKER');
  return db.transaction((tx) => {
    const run = async (): Promise<Need | Problem> => {
      // The case is locked, so that two needs cannot take the same rank.
      const caseFile = isUuid(input.caseId)
        ? await tx.findOne(CaseFileEntity, {
            where: { id: input.caseId },
            lock: { mode: 'pessimistic_write' },
          })
        : null;
      const [care = null] = caseFile ? await findCare(tx, [caseFile.clientId]) : [];
      if (!caseFile || !mayRecord(context, care)) return notFound('CaseFile');
      if (!isOpen(caseFile)) return invalidTransition(caseFile.status, 'recordNeed', []);

      const draft = draftOf(input);
      const existing = await tx.findBy(NeedEntity, { caseId: caseFile.id });
      const faults = needFaults([draft], existing, () => '');
      if (faults.length > 0) return invalidInput(faults);

      const { need, fact } = decide(caseFile, draft, now());
      await tx.insert(NeedEntity, need);
      await record(tx, cause, fact);
      return need;
    };
    const attempt = { viewerId: viewer.id, command: 'recordNeed', key: input.idempotencyKey, input };
    return once(tx, attempt, run, async (id) => {
      const need = await tx.findOneByOrFail(NeedEntity, { id });
      const [care = null] = await findCare(tx, [need.clientId]);
      // Whoever lost the client meanwhile has lost the answer too.
      return mayRecord(context, care) ? need : notFound('CaseFile');
    });
  });
}

/** Says what became of a need. */
export function updateNeedStatus(context: Context, input: UpdateNeedStatusInput): Promise<Need | Problem> {
  requireRole(context.viewer, 'CASE_MANAGER', 'SUPERVISOR');
  const change = {
    entity: NeedEntity,
    what: 'Need',
    command: 'updateNeedStatus',
    input,
    clientIdOf: ({ clientId }: Need) => clientId,
    may: (viewer: Context['viewer'], care: Parameters<typeof reachOf>[1]) => reachOf(viewer, care) === 'FULL',
  };
  return changeOne(context, change, (need) => {
    const changed = changeNeedStatus(need, input.status, context.now());
    return changed
      ? { row: changed.need, facts: [changed.fact] }
      : invalidTransition(need.status, `updateNeedStatus to ${input.status}`, nextNeedStatus[need.status]);
  });
}

function mayRecord({ viewer }: Context, care: Parameters<typeof reachOf>[1]): boolean {
  const reach = reachOf(viewer, care);
  return reach === 'FULL' || reach === 'INTAKE';
}
