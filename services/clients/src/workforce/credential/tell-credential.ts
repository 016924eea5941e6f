import { tellRow } from '@throughline/command';
import type { Job } from '@throughline/messaging';
import { credentialFact } from './credential-fact.ts';
import { CredentialEntity } from './credential.entity.ts';

export const tellCredentialJob = 'credential.tell';

/** Records a credential as it is now, for services that did not keep credentials before. */
export const tellCredential = ({ now }: { now: () => Date }): Job =>
  tellRow('credentialId', {
    ...{ service: 'clients', entity: CredentialEntity, now },
    factsOf: (credential, { now: at }) => [credentialFact(credential, at)],
  });
