import { credentialChanged, type Fact } from '@throughline/events';
import type { Credential } from './credential.ts';

/** What other services keep of a credential: which one, of whom, and whether it counts. */
export function credentialFact({ id, staffId, typeCode, expiresOn, status }: Credential, now: Date): Fact {
  return credentialChanged.of(staffId, now, {
    ...{ staffId, credentialId: id, typeCode, validUntil: expiresOn, counts: status === 'VERIFIED' },
  });
}

/** A change tells others when it changes whether, or how long, the credential counts. */
export function factsOfChange(before: Credential, after: Credential, now: Date): Fact[] {
  const counts = ({ status }: Credential) => status === 'VERIFIED';
  const isSame = counts(before) === counts(after) && before.expiresOn === after.expiresOn;
  return isSame ? [] : [credentialFact(after, now)];
}
