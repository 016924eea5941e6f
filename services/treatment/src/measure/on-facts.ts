import { clientAgeGroupChanged, clientDescribed, type EventDefinition } from '@throughline/events';
import {
  defineProjection,
  on,
  onMany,
  type Heard,
  type Projection,
  type Reaction,
} from '@throughline/messaging';
import type { EntityManager } from 'typeorm';
import { StrataEntity, ToldEntity } from './history/told.entity.ts';
import { ownFacts, toldFacts, toldOfStaff, type ToldFact } from './history/told-facts.ts';
import type { Told } from './history/told.ts';
import { countClients, countStaff } from './tally/count-again.ts';

type Data = Record<string, unknown>;
type Count = (tx: EntityManager, ownerIds: readonly string[], timeZone: string) => Promise<void>;

/**
 * The rows behind the figures. Facts of others say what they say; a fact of this service names a record, which is read. Each
 * fact counts its client again from everything known, so the order across keys changes nothing. It is built again after a
 * change of the rules or of the program's time zone. Source: infra/reference/domain.md 5.2.
 */
export function measureProjection(timeZone: string): Projection {
  return defineProjection({
    ...{ name: 'measures', concern: 'figures', tables: ['measure_fact', 'measure_client', 'measure_case'] },
    reactions: [
      ...toldFacts.map((fact) => keeping(fact, countClients, timeZone)),
      ...toldOfStaff.map((fact) => keeping(fact, countStaff, timeZone)),
      ...ownFacts.map((definition) => reading(definition, timeZone)),
      onDescribed,
      onAge,
    ],
  });
}

function keeping({ definition, keep }: ToldFact, count: Count, timeZone: string): Reaction {
  return onMany(definition, async (tx, heard: readonly Heard<Data>[]) => {
    const told = heard.map(({ data, received: { id, type, occurredAt: at, sequence } }): Told => {
      const nothing = { subjectId: null, groupId: null, staffId: null, code: null, toldAt: null, yes: null };
      return { ...nothing, ...keep(data), ...{ id, type, at, sequence } };
    });
    await tx.createQueryBuilder().insert().into(ToldEntity).values(told).orIgnore().execute();
    await count(tx, [...new Set(told.map(({ ownerId }) => ownerId))], timeZone);
  });
}

function reading(definition: EventDefinition, timeZone: string): Reaction {
  return onMany(definition, async (tx, heard: readonly Heard<Data>[]) => {
    const ids = new Set(heard.map(({ data }) => String(data.clientId)));
    await countClients(tx, [...ids], timeZone);
  });
}

const onDescribed = on(
  clientDescribed,
  async (tx, { clientId, language, populations, sex, races, ethnicGroup: ethnicity }) => {
    await tx.upsert(StrataEntity, { clientId, language, populations, sex, races, ethnicity }, ['clientId']);
  },
);

const onAge = on(clientAgeGroupChanged, async (tx, { clientId, ageGroup }) => {
  await tx.upsert(StrataEntity, { clientId, ageGroup }, ['clientId']);
});
