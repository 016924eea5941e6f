import { act } from '@throughline/graphql';
import type { Logger } from '@throughline/runtime';
import type { Resolvers } from '../generated/graphql.ts';
import { backboneField } from '../sdl.ts';
import { decideParkedFact } from './backbone.commands.ts';
import { findParkedFact, findParkedFacts, findTimers, schedulerOf } from './backbone.queries.ts';

/** Facts and timers of one service for administrators, and their decisions; the same in all four services. */
export function backboneResolvers(service: string, logger: Logger): object {
  const { Query = {}, Mutation = {}, ...types } = resolversOf(service, logger);
  return { ...types, Query: named(Query, service), Mutation: named(Mutation, service) };
}

function resolversOf(service: string, logger: Logger): Resolvers {
  return {
    Query: { serviceBackbone: () => ({}) },
    Mutation: {
      retryServiceParkedFact: act(decideParkedFact('RETRY', logger)),
      dropServiceParkedFact: act(decideParkedFact('DROP', logger)),
    },
    Backbone: {
      parkedFacts: (_root, args, context) => findParkedFacts(context, args),
      parkedFact: (_root, { id }, context) => findParkedFact(context, id),
      timers: (_root, args, context) => findTimers(context, args),
      scheduler: (_root, _args, context) => schedulerOf(context, service),
    },
    Fact: {
      occurredAt: ({ occurredAt }) => (occurredAt === null ? null : new Date(occurredAt)),
      actor: ({ cause }) => cause.actor,
      correlationId: ({ cause }) => cause.correlationId,
    },
  };
}

/** The root fields under their names in this service. */
function named(fields: object, service: string): object {
  return Object.fromEntries(
    Object.entries(fields).map(([field, resolve]) => [backboneField(field, service), resolve as unknown]),
  );
}
