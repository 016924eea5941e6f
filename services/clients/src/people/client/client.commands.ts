import { isDeepStrictEqual } from 'node:util';
import { mayLimitDisclosure } from '@throughline/care';
import { command } from '@throughline/command';
import { invalidInput } from '@throughline/graphql/problems';
import type { Context } from '../../context.ts';
import type { SetDisclosureRestrictionInput, UpdateClientInput } from '../../generated/graphql.ts';
import { ageGroupFact, agesDiffer } from './age-group.ts';
import { ClientEntity } from './client.entity.ts';
import { changesOf } from './client.input.ts';
import { amend, restrict, type Client } from './client.ts';
import { blockFaults } from './block-faults.ts';
import { contactRuleFact } from './contact-rule.ts';
import { recordFaults } from './personal-record.ts';
import { awaitNextAgeGroup } from './tell-age-group.ts';
import { takenIds, takeTurns } from '../duplicates/find-duplicates.ts';
import { indexClient } from '../search/search-index.ts';

const clientOf = ({ id }: Client) => id;

export const updateClient = (context: Context, input: UpdateClientInput) =>
  command(
    context,
    { name: 'updateClient', input, lock: [ClientEntity, input.id], clientOf, part: 'IDENTITY' },
    async (client, { tx, now }) => {
      const at = { now, timeZone: context.timeZone };
      const amended: Client = { ...client, ...changesOf(input) };
      if (input.externalIds) await takeTurns(tx, amended);
      const faults = [
        ...recordFaults(amended, at),
        ...(await takenIds(tx, amended, client.id)),
        ...(await blockFaults(tx, input.blockedAgencyIds)),
      ];
      if (faults.length > 0) return invalidInput(faults);

      const change = amend(client, changesOf(input), now);
      const isOfAnotherAge = agesDiffer(client, amended);
      const ageFacts = isOfAnotherAge ? [ageGroupFact(amended, 'RECORD', at)] : [];
      const isRuledAnew = !isDeepStrictEqual(client.safeContact, amended.safeContact);
      const ruleFacts = isRuledAnew ? [contactRuleFact(amended, now)] : [];
      return {
        ...change,
        facts: [...(change.facts ?? []), ...ageFacts, ...ruleFacts],
        also: async () => {
          await indexClient(tx, amended);
          if (isOfAnotherAge) await awaitNextAgeGroup(tx, amended, at);
        },
      };
    },
  );

export const setDisclosureRestriction = (context: Context, input: SetDisclosureRestrictionInput) =>
  command(
    context,
    {
      ...{ name: 'setDisclosureRestriction', input, clientOf },
      may: (care) => mayLimitDisclosure(context.viewer, care),
      lock: [ClientEntity, input.clientId],
    },
    (client, { now }) => restrict(client, input.restrictAll, now),
  );
