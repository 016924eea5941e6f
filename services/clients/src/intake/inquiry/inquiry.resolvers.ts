import { act } from '@throughline/graphql';
import type { Context } from '../../context.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import { chosenAnswers, openQuestions, type TriageScript } from '../triage/triage.ts';
import { allowedCommands, claimantOf } from './allowed.ts';
import { findInquiries } from './find-inquiries.ts';
import { answerTriage, openInquiry, updateInquiry } from './inquiry.commands.ts';
import { transferLines, type Inquiry } from './inquiry.ts';
import { forReader } from './may-work-on.ts';

export const resolvers: Resolvers = {
  Query: {
    inquiry: async (_root, { id }, { viewer, loaders }) =>
      forReader(viewer, await loaders.inquiryById.load(id)),
    inquiries: (_root, args, context) => findInquiries(context, args),
  },
  Mutation: {
    openInquiry: act(openInquiry),
    updateInquiry: act(updateInquiry),
    answerTriage: act(answerTriage),
  },
  Inquiry: {
    __resolveReference: async ({ id }, { viewer, loaders }) =>
      forReader(viewer, await loaders.inquiryById.load(id)),
    triageScript: scriptOf,
    nextQuestions: async (inquiry, _args, context) =>
      openQuestions(await scriptOf(inquiry, _args, context), inquiry.answers),
    advice: async (inquiry, _args, context) =>
      chosenAnswers(await scriptOf(inquiry, _args, context), inquiry.answers).flatMap(
        ({ advice }) => advice ?? [],
      ),
    transferTo: async (inquiry, _args, context) => {
      if (inquiry.urgency !== 'CRISIS') return [];
      const lines = await context.loaders.linesInCrisis.load('all');
      return transferLines(inquiry, await scriptOf(inquiry, _args, context), { lines, at: context.now() });
    },
    callLine: ({ callLineId }, _args, { loaders }) =>
      callLineId ? loaders.callLineById.load(callLineId) : null,
    callback: (inquiry) => (inquiry.callbackDueAt ? inquiry : null),
    handledBy: ({ handledBy }, _args, { loaders }) => loaders.staffMemberById.load(handledBy),
    client: ({ clientId }, _args, { loaders }) => (clientId ? loaders.clientById.load(clientId) : null),
    allowedCommands: (inquiry, _args, { viewer, now }) => allowedCommands(inquiry, viewer, now()),
  },
  InquiryTransfer: {
    line: ({ lineId }, _args, { loaders }) => (lineId ? loaders.callLineById.load(lineId) : null),
    at: ({ at }) => new Date(at),
  },
  InquiryCallback: {
    dueAt: ({ callbackDueAt }) => dueOf(callbackDueAt),
    isDue: ({ status, callbackDueAt }, _args, { now }) =>
      status === 'CALLBACK' && now().getTime() >= dueOf(callbackDueAt).getTime() - LEAD_MS,
    isOverdue: ({ status, callbackDueAt }, _args, { now }) =>
      status === 'CALLBACK' && now() >= dueOf(callbackDueAt),
    hours: ({ callback }) => callback,
    claimedBy: (inquiry, _args, { loaders, now }) => {
      const claimant = inquiry.status === 'CALLBACK' ? claimantOf(inquiry, now()) : null;
      return claimant ? loaders.staffMemberById.load(claimant) : null;
    },
  },
};

/** A callback is due so long before its promised time. Source: infra/reference/domain.md 6.2 (CALLBACK_DUE). */
const LEAD_MS = 10 * 60_000;

function dueOf(callbackDueAt: Date | null): Date {
  if (!callbackDueAt) throw new Error('An inquiry without a promised time has no callback.');
  return callbackDueAt;
}

/** The version with which the contact began; one statement for all inquiries of a request. */
async function scriptOf({ scriptId }: Inquiry, _args: unknown, { loaders }: Context): Promise<TriageScript> {
  const script = await loaders.triageScriptById.load(scriptId);
  if (!script) throw new Error('The version of the script is gone.');
  return script;
}
