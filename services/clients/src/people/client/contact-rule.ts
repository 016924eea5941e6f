import { isDeepStrictEqual } from 'node:util';
import { clientContactRuleChanged, type Fact } from '@throughline/events';
import { unstatedContact, type Client } from './client.ts';

type Ruled = Pick<Client, 'id' | 'safeContact' | 'status'>;

/** How a client may be contacted, as other services hear it: codes only. Source: infra/reference/domain.md 4.7, 6.3. */
export function contactRuleFact({ id: clientId, safeContact, status }: Ruled, now: Date): Fact {
  const { contactProhibited, allowedMethods, leaveMessageOk, mayMentionProgram } = safeContact;
  const rule = { contactProhibited, allowedMethods, mayBeLeft: leaveMessageOk, mayMentionProgram };
  return clientContactRuleChanged.of(clientId, now, { clientId, ...rule, deceased: status === 'DECEASED' });
}

/** Whether a new client has named a rule that others must hear of. */
export function hasContactRule({ safeContact }: Pick<Client, 'safeContact'>): boolean {
  return !isDeepStrictEqual(safeContact, unstatedContact);
}
