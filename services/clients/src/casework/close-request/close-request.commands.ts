import { command, type Tools } from '@throughline/command';
import { isProblem } from '@throughline/graphql/problems';
import type { Context } from '../../context.ts';
import type { AskToCloseCaseInput, DecideCloseRequestInput } from '../../generated/graphql.ts';
import { CaseFileEntity } from '../case-file/case-file.entity.ts';
import type { CaseFile } from '../case-file/case-file.ts';
import { CloseRequestEntity, waitingRequest, type CloseRequest } from '../closure/close-request.entity.ts';
import { closing, mayOverride, openWorkOf } from '../closure/closure.commands.ts';
import { blockersOf } from '../closure/closure.ts';
import * as requests from './close-request.ts';

const part = 'CASE';

/** Locks the case, so that one request of it waits at a time. */
export const askToCloseCase = (context: Context, input: AskToCloseCaseInput) =>
  command(
    context,
    { name: 'askToCloseCase', input, lock: [CaseFileEntity, input.caseId], part },
    async (caseFile, { tx, now, viewer }) => {
      const waiting = await waitingRequest(tx, caseFile.id);
      const isHeldUp = blockersOf(caseFile, await openWorkOf(tx, caseFile), now).length > 0;
      const asked = requests.askToClose(caseFile, input, { waiting, isHeldUp, by: viewer.id, now });
      if (isProblem(asked)) return asked;
      return { facts: asked.facts, also: () => tx.insert(CloseRequestEntity, asked.request) };
    },
  );

/** Approved, the case is closed in the same transaction, with the text of who asked. */
export const decideCloseRequest = (context: Context, input: DecideCloseRequestInput) =>
  command(
    context,
    { name: 'decideCloseRequest', input, lock: [CaseFileEntity, input.caseId], part },
    async (caseFile, tools) => {
      const { tx, now, viewer, care } = tools;
      const request = await waitingRequest(tx, caseFile.id);
      const decider = { id: viewer.id, mayOverride: mayOverride(viewer, care) };
      const refusal = requests.decisionRefusal(request, decider);
      if (refusal || !request) return refusal ?? { answer: caseFile };
      if (input.approve) return approve(context, caseFile, { request, reason: input.reason ?? null, tools });
      const refused = requests.refuseRequest(request, input.reason ?? null, { by: viewer.id, now });
      if (isProblem(refused)) return refused;
      return { facts: refused.facts, also: () => write(tx, refused.request) };
    },
  );

interface Approving {
  request: CloseRequest;
  reason: string | null;
  tools: Tools;
}

async function approve(context: Context, caseFile: CaseFile, { request, reason, tools }: Approving) {
  const { tx, now, viewer } = tools;
  const { reason: closureReason, note, override } = request;
  const closed = await closing(context, caseFile, { reason: closureReason, note, override }, tools);
  if (isProblem(closed)) return closed;
  const approved = requests.approveRequest(request, reason, { by: viewer.id, now });
  const also = async () => {
    await write(tx, approved);
    await closed.also();
  };
  return { ...closed, also };
}

function write(tx: Tools['tx'], { id, status, decidedAt, decidedBy, decisionReason }: CloseRequest) {
  return tx.update(CloseRequestEntity, { id }, { status, decidedAt, decidedBy, decisionReason });
}
