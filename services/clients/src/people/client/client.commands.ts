import { invalidInput, type Problem } from '@throughline/graphql';
import { momentOf } from '@throughline/privacy';
import { changeOne, type Change } from '../../change-one.ts';
import type { Context } from '../../context.ts';
import type { SetDisclosureRestrictionInput, UpdateClientInput } from '../../generated/graphql.ts';
import { requireRole } from '../../require-role.ts';
import { mayReadClient, reachOf } from './client.access.ts';
import { ClientEntity } from './client.entity.ts';
import { changesOf } from './client.input.ts';
import { amend, restrict, type Client } from './client.ts';
import { recordFaults } from './personal-record.ts';

const aClient = {
  entity: ClientEntity,
  what: 'Client',
  clientIdOf: ({ id }: Client) => id,
} satisfies Partial<Change<Client>>;

/** Changes what is given and keeps the rest. Answers InvalidInput with every fault. */
export function updateClient(context: Context, input: UpdateClientInput): Promise<Client | Problem> {
  requireRole(context.viewer, 'CASE_MANAGER', 'SUPERVISOR', 'INTAKE_WORKER');
  const change: Change<Client> = {
    ...aClient,
    command: 'updateClient',
    input,
    may: (viewer, care) => ['FULL', 'INTAKE'].includes(reachOf(viewer, care) ?? ''),
  };
  return changeOne(context, change, (client) => {
    const now = context.now();
    const changes = changesOf(input);
    const faults = recordFaults({ ...client, ...changes }, momentOf(context));
    if (faults.length > 0) return invalidInput(faults);
    const amended = amend(client, changes, now);
    return { row: amended.client, facts: amended.facts };
  });
}

/** Stops all disclosure about a person, or lets consents count again. */
export function setDisclosureRestriction(
  context: Context,
  input: SetDisclosureRestrictionInput,
): Promise<Client | Problem> {
  requireRole(context.viewer, 'PRIVACY_OFFICER');
  const change: Change<Client> = {
    ...aClient,
    command: 'setDisclosureRestriction',
    input: { ...input, id: input.clientId },
    may: mayReadClient,
  };
  return changeOne(context, change, (client) => {
    const restricted = restrict(client, input.restrictAll, context.now());
    return { row: restricted.client, facts: [restricted.fact] };
  });
}
