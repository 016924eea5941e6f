import { act } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { allowedCommands } from './allowed-commands.ts';
import {
  advanceCase,
  describeCase,
  enterCasePhase,
  holdCase,
  markCaseEnteredInError,
  openCase,
  resumeCase,
  returnCaseToActive,
} from './case-file.commands.ts';
import { isOpen } from './case-file.ts';

export const resolvers: Resolvers = {
  Query: {
    caseFile: (_root, { id }, { loaders }) => loaders.caseFileById.load(id),
  },
  Mutation: {
    openCase: act(openCase),
    describeCase: act(describeCase),
    advanceCase: act(advanceCase),
    holdCase: act(holdCase),
    resumeCase: act(resumeCase),
    returnCaseToActive: act(returnCaseToActive),
    enterCasePhase: act(enterCasePhase),
    markCaseEnteredInError: act(markCaseEnteredInError),
  },
  Client: {
    caseFiles: ({ id }, _args, { loaders }) => loaders.caseFilesByClient.load(id),
    activeCase: async ({ id }, _args, { loaders }) =>
      (await loaders.caseFilesByClient.load(id)).find(isOpen) ?? null,
  },
  CaseFile: {
    __resolveReference: ({ id }, { loaders }) => loaders.caseFileById.load(id),
    client: ({ clientId }, _args, { loaders }) => loaders.clientById.load(clientId),
    casePhases: ({ id }, _args, { loaders }) => loaders.phasesByCase.load(id),
    previousCase: ({ previousCaseId }, _args, { loaders }) =>
      previousCaseId === null ? null : loaders.caseFileById.load(previousCaseId),
    allowedCommands: (caseFile, _args, context) => allowedCommands(caseFile, context),
  },
  CasePhaseEntry: {
    enteredBy: ({ enteredBy }, _args, { loaders }) =>
      enteredBy === null ? null : loaders.staffMemberById.load(enteredBy),
  },
};
