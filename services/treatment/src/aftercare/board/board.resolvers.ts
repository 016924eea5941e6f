import type { Resolvers } from '../../generated/graphql.ts';
import { dischargeBoard } from './discharge-board.ts';
import { dueFollowUps } from './due-follow-ups.ts';
import { transitionsAtRisk } from './transitions-at-risk.ts';

export const resolvers: Resolvers = {
  Query: {
    dischargeBoard: (_root, args, context) => dischargeBoard(context, args),
    dueFollowUps: (_root, args, context) => dueFollowUps(context, args),
    transitionsAtRisk: (_root, args, context) => transitionsAtRisk(context, args),
  },
  DischargeRow: {
    client: ({ clientId }) => ({ id: clientId }),
    stay: ({ stayId }, _args, { loaders }) => loaders.stayById.load(stayId),
  },
  DueFollowUp: {
    client: ({ clientId }) => ({ id: clientId }),
    decision: ({ id, kind }, _args, { loaders }) =>
      kind === 'DECISION' ? loaders.lostContactById.load(id) : null,
    contact: ({ id, kind }, _args, { loaders }) =>
      kind === 'CONTACT' ? loaders.aftercareContactById.load(id) : null,
    obligation: ({ id, kind }, _args, { loaders }) =>
      kind === 'OBLIGATION' ? loaders.obligationById.load(id) : null,
  },
  TransitionAtRisk: {
    client: ({ clientId }) => ({ id: clientId }),
    transition: ({ transitionId }, _args, { loaders }) => loaders.transitionById.load(transitionId),
  },
};
