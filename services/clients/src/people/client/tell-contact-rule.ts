import { tellRow } from '@throughline/command';
import type { Job } from '@throughline/messaging';
import { ClientEntity } from './client.entity.ts';
import { contactRuleFact } from './contact-rule.ts';

export const contactRuleJob = 'client.contact-rule';

/** Records how a client may be contacted now, for services that have no copy of it yet. */
export const tellContactRule = ({ now }: { now: () => Date }): Job =>
  tellRow('clientId', {
    ...{ service: 'clients', entity: ClientEntity, now },
    factsOf: (client, { now: at }) => [contactRuleFact(client, at)],
  });
