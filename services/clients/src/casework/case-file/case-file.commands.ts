import { command, type Tools } from '@throughline/command';
import { mayChange, type Care } from '@throughline/care';
import { hasRole, type Viewer } from '@throughline/graphql';
import { invalidTransition } from '@throughline/graphql/problems';
import { caseFacts } from '@throughline/events';
import type { Context } from '../../context.ts';
import type {
  AdvanceCaseInput,
  DescribeCaseInput,
  EnterCasePhaseInput,
  HoldCaseInput,
  MarkCaseEnteredInErrorInput,
  OpenCaseInput,
  ResumeCaseInput,
  ReturnCaseToActiveInput,
} from '../../generated/graphql.ts';
import { ClientEntity } from '../../people/client/client.entity.ts';
import type { Client } from '../../people/client/client.ts';
import { insertOwnCase } from '../assignment/staffing.ts';
import { CaseFileEntity, insertCase } from './case-file.entity.ts';
import { isOpen, openCase as open, type CaseFile } from './case-file.ts';
import { endPrimary, latestCase, leadOrQueue } from './lead.ts';
import { advance, enterPhase, hold, markEnteredInError, refusalOf, resume, returnToActive } from './moves.ts';
import { setClientStatus, writing } from './write-move.ts';
import { nextContactFacts } from './next-contact.ts';
import { programFacts } from './case-program.ts';

type Locked = readonly [typeof CaseFileEntity, string];
const locked = (caseId: string) => ({ lock: [CaseFileEntity, caseId] as Locked, part: 'CASE' as const });
const byOf = ({ viewer }: Tools, reason?: string | null) => ({ staffId: viewer.id, reason });
const momentAt = ({ now }: Tools, { timeZone }: Context) => ({ now, timeZone });

/** Moves a case to the state that follows. */
export const advanceCase = (context: Context, input: AdvanceCaseInput) =>
  command(context, { name: 'advanceCase', input, ...locked(input.caseId) }, (caseFile, tools) =>
    writing(advance(caseFile, byOf(tools, input.reason), momentAt(tools, context)), context),
  );

/** Pauses a case until its review. */
export const holdCase = (context: Context, input: HoldCaseInput) =>
  command(context, { name: 'holdCase', input, ...locked(input.caseId) }, (caseFile, tools) =>
    writing(hold(caseFile, input, byOf(tools, input.note), momentAt(tools, context)), context),
  );

/** Ends a pause. */
export const resumeCase = (context: Context, input: ResumeCaseInput) =>
  command(context, { name: 'resumeCase', input, ...locked(input.caseId) }, (caseFile, tools) =>
    writing(resume(caseFile, byOf(tools), momentAt(tools, context)), context),
  );

/** Takes a case from aftercare back to active work. */
export const returnCaseToActive = (context: Context, input: ReturnCaseToActiveInput) =>
  command(context, { name: 'returnCaseToActive', input, ...locked(input.caseId) }, (caseFile, tools) =>
    writing(returnToActive(caseFile, byOf(tools, input.reason), momentAt(tools, context)), context),
  );

/** Enters a phase, also one of before. */
export const enterCasePhase = (context: Context, input: EnterCasePhaseInput) =>
  command(context, { name: 'enterCasePhase', input, ...locked(input.caseId) }, (caseFile, tools) =>
    writing(enterPhase(caseFile, input.phase, byOf(tools, input.reason), momentAt(tools, context)), context),
  );

/** A privacy officer changes no other part of a case. */
export const markCaseEnteredInError = (context: Context, input: MarkCaseEnteredInErrorInput) =>
  command(
    context,
    {
      ...{ name: 'markCaseEnteredInError', input, ...locked(input.caseId) },
      may: (care) => mayChange(context.viewer, care, 'CASE') || isPrivacyOfficerOf(context.viewer, care),
    },
    (caseFile, tools) =>
      writing(markEnteredInError(caseFile, byOf(tools, input.reason), momentAt(tools, context)), context),
  );

/** Names model, setting and program of a case. What is left out stays. */
export const describeCase = (context: Context, input: DescribeCaseInput) =>
  command(context, { name: 'describeCase', input, ...locked(input.caseId) }, (caseFile, { now }) => {
    const refusal = refusalOf(caseFile, 'DESCRIBE');
    if (refusal) return refusal;
    const { id: caseId, clientId } = caseFile;
    const { caseModel, setting, program } = input;
    const given = Object.entries({ caseModel, setting, program }).filter(([, value]) => value !== undefined);
    const update: CaseFile = { ...caseFile, ...(Object.fromEntries(given) as Partial<CaseFile>) };
    const described = caseFacts.described.of(clientId, now, { clientId, caseId });
    return { update, facts: [described, ...programFacts(caseFile, update, now)] };
  });

/**
 * A new case for a known client who has none. A closed case is opened again instead. A case manager who opens it leads
 * it; a case that anybody else opens waits in the queue.
 */
export const openCase = (context: Context, input: OpenCaseInput) =>
  command(
    context,
    {
      ...{ name: 'openCase', input, creates: CaseFileEntity, part: 'SOCIAL' as const },
      ...{ lock: [ClientEntity, input.clientId] as const, clientOf: ({ id }: Client) => id },
    },
    async (client, { tx, now, viewer }) => {
      const latest = await latestCase(tx, client.id);
      const refusal = openingRefusal(client, latest);
      if (refusal) return refusal;
      const { startsWith, caseModel = null, setting = null, program = null } = input;
      const status = startsWith === 'SCREENING' ? ('SCREENING' as const) : ('OPEN_ASSESSMENT' as const);
      const start = { status, caseModel, setting, program, previous: latest };
      const { caseFile, fact } = open(client.id, { now, timeZone: context.timeZone }, start);
      const led = await leadOrQueue(
        tx,
        caseFile,
        { leaderId: viewer.id, by: viewer.id },
        { now, timeZone: context.timeZone },
      );
      return {
        answer: caseFile,
        facts: [
          ...[fact, ...nextContactFacts(null, caseFile, now), led.fact],
          ...programFacts(null, caseFile, now),
        ],
        also: async () => {
          await endPrimary(tx, client.id, now);
          await insertCase(tx, caseFile, viewer.id);
          if (led.assignment) await insertOwnCase(tx, led.assignment);
          await setClientStatus(tx, client.id, 'ACTIVE');
        },
      };
    },
  );

function isPrivacyOfficerOf(viewer: Viewer, care: Care | null): boolean {
  return care !== null && hasRole(viewer, 'PRIVACY_OFFICER');
}

function openingRefusal({ status }: Client, latest: CaseFile | null) {
  if (status === 'DECEASED') return invalidTransition('DECEASED', 'openCase', []);
  if (latest && isOpen(latest)) return invalidTransition(latest.status, 'openCase', []);
  return latest?.status === 'CLOSED' ? invalidTransition('CLOSED', 'openCase', ['reopenCase']) : null;
}
