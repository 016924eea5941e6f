import { clientContactRuleChanged } from '@throughline/events';
import { defineProjection, on } from '@throughline/messaging';
import { ClientRuleEntity } from './client-rule.entity.ts';

/** Stores how a client may be contacted. */
const onClientContactRuleChanged = on(clientContactRuleChanged, async (tx, rule) => {
  await tx.upsert(ClientRuleEntity, rule, ['clientId']);
});

export const clientRuleProjection = defineProjection({
  concern: 'access',
  name: 'client-rule',
  tables: ['client_rule'],
  reactions: [onClientContactRuleChanged],
});
