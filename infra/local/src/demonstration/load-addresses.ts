import { demonstrationPeople } from '@throughline/sign-in';
import { command, staff } from './asking.ts';
import type { Loading } from './loading.ts';

/** An e-mail address of each member of staff who can sign in: what leaves lands in the mailbox of npm start. */
export async function loadAddresses({ call }: Pick<Loading, 'call'>): Promise<void> {
  for (const person of demonstrationPeople) {
    if (person.kind !== 'STAFF') continue;
    await command(call, {
      ...{ service: 'notifications', viewer: staff(person.id), name: 'setMyAddress' },
      ...{ inputType: 'SetMyAddressInput', fields: 'StaffAddress { channel }' },
      input: { channel: 'EMAIL', address: `${person.key}@example.org` },
    });
  }
}
