import { command } from '@throughline/command';
import { forbidden, invalidInput, type InputIssue } from '@throughline/graphql/problems';
import type { EntityManager } from 'typeorm';
import type { Context } from '../../context.ts';
import type { AnswerTriageInput, OpenInquiryInput, UpdateInquiryInput } from '../../generated/graphql.ts';
import { StaffMemberEntity } from '../../workforce/case-manager/case-manager.entity.ts';
import { CallLineEntity } from '../call-line/call-line.entity.ts';
import { currentScript, TriageScriptEntity } from '../triage/triage.entity.ts';
import { answerFaults } from '../triage/triage.ts';
import { refusalOf } from './allowed.ts';
import { awaitErasure } from './erase-inquiry.ts';
import { InquiryEntity } from './inquiry.entity.ts';
import { changesOf, numberFaults, recordOf } from './inquiry.input.ts';
import { amendInquiry, answerTriage as answer, openInquiry as open, recordFaults } from './inquiry.ts';
import { mayWorkOn } from './may-work-on.ts';

const LATEST_MS = 30 * 24 * 60 * 60 * 1000;

/** A first contact of now, or one that is written down later. Nothing is looked up about the caller. */
export const openInquiry = (context: Context, input: OpenInquiryInput) =>
  command(
    context,
    {
      ...{ name: 'openInquiry', input, creates: InquiryEntity, clientOf: () => null },
      check: (now) => [
        ...numberFaults(input),
        ...recordFaults(recordOf(input)),
        ...receivedFaults(input.receivedAt ?? now, now),
      ],
    },
    async (_none, { tx, now, viewer }) => {
      if (!(await tx.existsBy(StaffMemberEntity, { id: viewer.id, active: true })))
        return forbidden('You have no active staff record: ask a program administrator for one.');
      const record = recordOf(input);
      const unknown = await lineFaults(tx, record.callLineId);
      if (unknown.length > 0) return invalidInput(unknown);

      const script = await currentScript(tx);
      const opened = open(record, { by: viewer.id, script, receivedAt: input.receivedAt ?? now }, now);
      const retentionDays = context.config.INQUIRY_RETENTION_DAYS;
      return { ...opened, also: () => awaitErasure(tx, opened.insert, { now, retentionDays }) };
    },
  );

/** Changes the given fields while the contact is open, and in a callback. */
export const updateInquiry = (context: Context, input: UpdateInquiryInput) =>
  command(
    context,
    {
      ...{ name: 'updateInquiry', input, lock: [InquiryEntity, input.id], may: mayWorkOn(context.viewer) },
      check: () => numberFaults(input),
    },
    async (inquiry, { tx, now, viewer }) => {
      const refused = refusalOf(inquiry, 'UPDATE', { worker: viewer, now });
      if (refused) return refused;
      const changes = changesOf(input);
      const faults = [
        ...recordFaults({ ...inquiry, ...changes }, inquiry),
        ...promiseFaults(inquiry.status, { ...inquiry, ...changes }),
        ...(await lineFaults(tx, changes.callLineId ?? null)),
      ];
      return faults.length > 0 ? invalidInput(faults) : amendInquiry(inquiry, changes, now);
    },
  );

/** Answers are checked against the version of the script with which the contact began. */
export const answerTriage = (context: Context, input: AnswerTriageInput) =>
  command(
    context,
    { name: 'answerTriage', input, lock: [InquiryEntity, input.id], may: mayWorkOn(context.viewer) },
    async (inquiry, { tx, now, viewer }) => {
      const refused = refusalOf(inquiry, 'ANSWER_TRIAGE', { worker: viewer, now });
      if (refused) return refused;
      const script = await tx.findOneByOrFail(TriageScriptEntity, { id: inquiry.scriptId });
      const faults = answerFaults(script, inquiry.answers, input.answers);
      return faults.length > 0 ? invalidInput(faults) : answer(inquiry, script, input.answers, now);
    },
  );

function receivedFaults(receivedAt: Date, now: Date): InputIssue[] {
  if (receivedAt > now)
    return [{ path: 'receivedAt', code: 'IN_FUTURE', message: 'The contact has not happened yet.' }];
  if (receivedAt.getTime() < now.getTime() - LATEST_MS)
    return [{ path: 'receivedAt', code: 'TOO_EARLY', message: 'At most 30 days ago.' }];
  return [];
}

/** A promise to call keeps its number. */
function promiseFaults(status: string, { callbackNumber }: { callbackNumber: string | null }): InputIssue[] {
  if (status !== 'CALLBACK' || callbackNumber !== null) return [];
  return [{ path: 'callbackNumber', code: 'MISSING', message: 'A call was promised: it needs a number.' }];
}

async function lineFaults(tx: EntityManager, id: string | null): Promise<InputIssue[]> {
  if (id === null || (await tx.existsBy(CallLineEntity, { id }))) return [];
  return [{ path: 'callLineId', code: 'UNKNOWN', message: 'There is no such line.' }];
}
