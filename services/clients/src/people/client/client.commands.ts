import { command } from '@throughline/command';
import { invalidInput } from '@throughline/graphql/problems';
import type { Context } from '../../context.ts';
import type { SetDisclosureRestrictionInput, UpdateClientInput } from '../../generated/graphql.ts';
import { ClientEntity } from './client.entity.ts';
import { changesOf } from './client.input.ts';
import { amend, restrict, type Client } from './client.ts';
import { recordFaults } from './personal-record.ts';

const clientOf = ({ id }: Client) => id;

export const updateClient = (context: Context, input: UpdateClientInput) =>
  command(
    context,
    { name: 'updateClient', input, lock: [ClientEntity, input.id], clientOf, part: 'IDENTITY' },
    (client, { now }) => {
      const changes = changesOf(input);
      const faults = recordFaults({ ...client, ...changes }, { now, timeZone: context.timeZone });
      return faults.length > 0 ? invalidInput(faults) : amend(client, changes, now);
    },
  );

export const setDisclosureRestriction = (context: Context, input: SetDisclosureRestrictionInput) =>
  command(
    context,
    {
      ...{ name: 'setDisclosureRestriction', input, clientOf, part: 'CONSENTS' },
      lock: [ClientEntity, input.clientId],
    },
    (client, { now }) => restrict(client, input.restrictAll, now),
  );
