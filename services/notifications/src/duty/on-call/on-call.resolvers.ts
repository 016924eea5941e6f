import { act } from '@throughline/graphql';
import { MoreThan } from 'typeorm';
import type { Resolvers } from '../../generated/graphql.ts';
import { planOnCall } from './on-call.commands.ts';
import { OnCallEntity } from './on-call.entity.ts';

const MOST = 100;

export const resolvers: Resolvers = {
  Query: {
    onCall: (_root, _args, { db, now }) =>
      db.manager.find(OnCallEntity, {
        where: { until: MoreThan(now()) },
        order: { from: 'ASC', id: 'ASC' },
        take: MOST,
      }),
  },
  Mutation: { planOnCall: act(planOnCall) },
  OnCallDuty: { staff: ({ staffId }) => ({ id: staffId }) },
};
