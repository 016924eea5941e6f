import { credentialChanged } from '@throughline/events';
import { defineProjection, on } from '@throughline/messaging';
import { HeldCredentialEntity } from './held-credential.entity.ts';

const onCredentialChanged = on(
  credentialChanged,
  async (tx, { credentialId, staffId, typeCode, validUntil, counts }) => {
    await tx.upsert(HeldCredentialEntity, { id: credentialId, staffId, typeCode, validUntil, counts }, [
      'id',
    ]);
  },
);

/** Credentials of staff, because a licence decides who may diagnose and sign. */
export const credentialProjection = defineProjection({
  name: 'credentials',
  tables: ['held_credential'],
  concern: 'access',
  reactions: [onCredentialChanged],
});
