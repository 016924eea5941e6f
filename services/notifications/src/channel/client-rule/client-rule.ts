import type { DataOf, clientContactRuleChanged } from '@throughline/events';

/** Copy of how a client may be contacted. A client without one has named no rule. */
export type ClientRule = DataOf<typeof clientContactRuleChanged>;

/** Ways in which this service reaches a client. */
export type ClientMethod = 'CALL' | 'TEXT' | 'EMAIL';

/** Why a message to a client must not leave. */
export type ContactRefusal = 'DECEASED' | 'CONTACT_PROHIBITED' | 'METHOD_NOT_ALLOWED';

/**
 * Why nothing may be sent to a client this way; null when the rules of the client forbid nothing. A call needs the permission
 * to leave a message, because a machine may answer. Ask it at each attempt, not when a message is planned. Source:
 * infra/reference/domain.md 4.7, 6.3.
 */
export function refusalOf(rule: ClientRule | null, method: ClientMethod): ContactRefusal | null {
  if (rule?.deceased) return 'DECEASED';
  if (rule?.contactProhibited) return 'CONTACT_PROHIBITED';
  if (method === 'CALL' && !rule?.mayBeLeft) return 'METHOD_NOT_ALLOWED';
  const isNamed = !rule || rule.allowedMethods.length === 0 || rule.allowedMethods.includes(method);
  return isNamed ? null : 'METHOD_NOT_ALLOWED';
}
