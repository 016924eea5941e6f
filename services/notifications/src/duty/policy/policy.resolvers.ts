import { act } from '@throughline/graphql';
import { entryOf, mustBeAcknowledged } from '../../catalogue/catalogue/catalogue.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import { notificationCodes } from '../../inbox/notification/notification.ts';
import { changeEscalationPolicy } from './policy.commands.ts';
import { EscalationPolicyEntity } from './policy.entity.ts';
import { isChainPlace, policyIdOf, type ShownPolicy } from './policy.ts';

function ofHouse(code: ShownPolicy['code']): ShownPolicy {
  return { id: policyIdOf(code), code, steps: [], changedBy: null, changedAt: null, version: 0 };
}

export const resolvers: Resolvers = {
  Query: {
    escalationPolicies: async (_root, _args, { db }) => {
      const codes = notificationCodes.filter(mustBeAcknowledged);
      const ids = codes.map(policyIdOf);
      const own = await db.manager.createQueryBuilder(EscalationPolicyEntity, 'p').whereInIds(ids).getMany();
      const byCode = new Map<string, ShownPolicy>(own.map((policy) => [policy.code, policy]));
      return codes.map((code) => byCode.get(code) ?? ofHouse(code));
    },
  },
  Mutation: { changeEscalationPolicy: act(changeEscalationPolicy) },
  EscalationPolicy: {
    steps: ({ code, steps }) =>
      (steps.length > 0 ? steps : entryOf(code).escalation).map(({ afterMinutes, to }) => ({
        afterMinutes,
        to: to.filter(isChainPlace),
      })),
    changedBy: ({ changedBy }) => (changedBy ? { id: changedBy } : null),
  },
};
