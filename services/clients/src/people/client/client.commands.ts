import { command } from '@throughline/command';
import { invalidInput } from '@throughline/graphql/problems';
import type { Context } from '../../context.ts';
import type { SetDisclosureRestrictionInput, UpdateClientInput } from '../../generated/graphql.ts';
import { ageGroupFact, agesDiffer } from './age-group.ts';
import { ClientEntity } from './client.entity.ts';
import { changesOf } from './client.input.ts';
import { amend, restrict, type Client } from './client.ts';
import { recordFaults } from './personal-record.ts';
import { awaitNextAgeGroup } from './tell-age-group.ts';

const clientOf = ({ id }: Client) => id;

export const updateClient = (context: Context, input: UpdateClientInput) =>
  command(
    context,
    { name: 'updateClient', input, lock: [ClientEntity, input.id], clientOf, part: 'IDENTITY' },
    (client, { tx, now }) => {
      const at = { now, timeZone: context.timeZone };
      const amended: Client = { ...client, ...changesOf(input) };
      const faults = recordFaults(amended, at);
      if (faults.length > 0) return invalidInput(faults);

      const change = amend(client, changesOf(input), now);
      if (!agesDiffer(client, amended)) return change;
      const facts = [...(change.facts ?? []), ageGroupFact(amended, 'RECORD', at)];
      return { ...change, facts, also: () => awaitNextAgeGroup(tx, amended, at) };
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
