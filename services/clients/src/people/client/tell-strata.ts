import { tellEveryRow } from '@throughline/command';
import type { Job } from '@throughline/messaging';
import { ClientEntity } from './client.entity.ts';
import { strataFact } from './strata.ts';

export const strataJob = 'client.strata';

/** Tells of the clients who were there before measures were broken down. Source: infra/reference/domain.md 5.2. */
export const tellStrata = ({ now, page }: { now: () => Date; page?: number }): Job =>
  tellEveryRow(
    strataJob,
    {
      ...{ service: 'clients', entity: ClientEntity, now },
      factsOf: (client, { now: at }) => [strataFact(client, at)],
    },
    page,
  );
