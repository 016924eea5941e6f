import { tellRow } from '@throughline/command';
import type { Job } from '@throughline/messaging';
import { ClientEntity } from './client.entity.ts';
import { restrictionFact } from './client.ts';

export const restrictionJob = 'client.restriction';

/** Records what a client restricts and blocks now, for services that did not keep all of it. */
export const tellRestriction = ({ now }: { now: () => Date }): Job =>
  tellRow('clientId', {
    ...{ service: 'clients', entity: ClientEntity, now },
    factsOf: (client, { now: at }) => [restrictionFact(client, at)],
  });
