import { setTimeout as pause } from 'node:timers/promises';
import type { Role, Viewer } from '@throughline/graphql';
import type { Call } from '../call-services.ts';
import type { ServiceName } from '../infrastructure.ts';

export const staff = (id: string, ...roles: Role[]): Viewer => ({
  id,
  roles,
  agencyId: null,
  graph: 'STAFF',
});

export const partner = (id: string, agencyId: string): Viewer => ({
  id,
  roles: ['PARTNER_INTAKE'],
  agencyId,
  graph: 'PARTNER',
});

export interface Mutation {
  service: ServiceName;
  viewer: Viewer;
  name: string;
  inputType: string;
  /** What to read of the entity: its type and the selection. */
  fields: string;
  input: Record<string, unknown>;
}

interface Outcome {
  __typename: string;
  message?: string;
}

const mayComeTrue: ReadonlySet<string> = new Set(['NotFound', 'InvalidInput']);
const patience = { times: 30, pauseMs: 400 };

/**
 * Sends one command and returns its result; throws when it was refused. A service that has not yet received the facts of
 * another service answers NotFound, or InvalidInput where the id is a part of the input: the command is sent again for a
 * while.
 */
export async function command<Result>(call: Call, mutation: Mutation): Promise<Result> {
  const { service, viewer, name, inputType, fields, input } = mutation;
  const query = `mutation Load($input: ${inputType}!) {
    outcome: ${name}(input: $input) { __typename ... on ${fields} ... on Problem { message } }
  }`;
  for (let attempt = 1; ; attempt += 1) {
    const { outcome } = await call<{ outcome: Outcome & Result }>(service, viewer, query, { input });
    if (outcome.message === undefined) return outcome;
    if (!mayComeTrue.has(outcome.__typename) || attempt === patience.times)
      throw new Error(`${name} was refused, ${outcome.__typename}: ${outcome.message}`);
    await pause(patience.pauseMs);
  }
}
